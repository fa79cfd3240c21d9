import Metrics
import Testing

@Suite struct EvaluationTests {
  /// Outputs in the order 7, 3, 9: an evaluation speaks of classes, its table of positions.
  let evaluation = Evaluation(
    classes: [7, 3, 9],
    confusion: [
      [6, 2, 0],
      [1, 1, 0],
      [0, 5, 5],
    ])

  @Test func microAverageCountsImages() {
    #expect(evaluation.correct == 12)
    #expect(evaluation.total == 20)
    #expect(evaluation.accuracy == 60)
  }

  @Test func macroAverageCountsClasses() throws {
    // Shares 6/8, 1/2 and 5/10.
    let macro = try #require(evaluation.macroAccuracy)
    #expect(abs(macro - (75 + 50 + 50) / 3.0) < 1e-12)
  }

  @Test(
    arguments: [
      ([7], 75), ([3], 50), ([9], 50), ([3, 7], 70), ([9, 3, 7], 60), ([3, 3], 50), ([9, 42], 50),
      ([42], nil), ([], nil),
    ] as [([Int], Double?)])
  func accuracyOnASubsetCountsItsRowsOnly(subset: [Int], expected: Double?) {
    #expect(evaluation.accuracy(on: subset) == expected)
  }

  @Test func classWithoutImagesCountsInNeitherAverage() {
    let evaluation = Evaluation(
      classes: [0, 1, 2],
      confusion: [
        [3, 0, 1],
        [0, 0, 0],
        [0, 2, 2],
      ])
    #expect(evaluation.accuracy == 62.5)
    #expect(evaluation.macroAccuracy == 62.5)
    #expect(evaluation.accuracy(on: [1]) == nil)
    #expect(evaluation.classesWithoutImages == [1])
    let single = Evaluation(classes: [0, 1], confusion: [[0, 1], [0, 0]])
    #expect(single.classesWithoutImages == [1])
  }

  @Test(arguments: [
    Evaluation(classes: [], confusion: []),
    Evaluation(classes: [0, 1], confusion: [[0, 0], [0, 0]], rightInTask: [0, 0]),
  ])
  func withoutImagesThereIsNoFigure(evaluation: Evaluation) {
    #expect(evaluation.total == 0)
    #expect(evaluation.accuracy == nil)
    #expect(evaluation.macroAccuracy == nil)
    #expect(evaluation.taskMaskedAccuracy == nil)
    #expect(evaluation.accuracy(on: evaluation.classes) == nil)
    #expect(evaluation.classesWithoutImages == evaluation.classes)
  }
}
