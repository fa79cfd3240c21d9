import Metrics
import Testing

/// In which order confused classes stand, and which tasks' classes are answered.
struct ConfusionOrderTests {
  /// Classes 0, 3, 5 are taken for each other, 1 and 4 too; 2 is never confused.
  private let evaluation = Evaluation(
    classes: [0, 1, 2, 3, 4, 5],
    confusion: [
      [5, 0, 0, 4, 0, 1],
      [0, 7, 0, 0, 3, 0],
      [0, 0, 9, 0, 0, 0],
      [3, 0, 0, 6, 0, 1],
      [0, 2, 0, 0, 8, 0],
      [0, 0, 0, 3, 0, 7],
    ])

  @Test func confusedClassesStandTogether() {
    // 0 and 3 are joined first (0.35), then 1 and 4 (0.25), then 5 to the side of 3 (0.2 over 0.05).
    #expect(evaluation.similarityOrder == [0, 3, 5, 1, 4, 2])
  }

  @Test func resemblanceIsTheMeanOfBothShares() {
    let resemblance = evaluation.resemblance
    #expect(resemblance[0][3] == 0.35 && resemblance[3][0] == 0.35)
    #expect(resemblance[3][5] == 0.2 && resemblance[2][2] == 1)
  }

  /// A group is turned where its far end fits better: 1 must stand beside 0.
  @Test func groupsAreTurned() {
    let chain = Evaluation(
      classes: [0, 1, 2, 3],
      confusion: [[10, 0, 3, 0], [1, 4, 0, 5], [3, 0, 7, 0], [0, 5, 0, 5]])
    // 1–3 (0.5), 0–2 (0.3), then both by 1–0 (0.05): 3 1 0 2 or its mirror.
    let order = chain.similarityOrder
    #expect(order == [2, 0, 1, 3], "\(order)")
  }

  @Test func withoutMistakesTheOrderStays() {
    let perfect = Evaluation(classes: [4, 2, 9], confusion: [[1, 0, 0], [0, 2, 0], [0, 0, 0]])
    #expect(perfect.similarityOrder == [0, 1, 2])
    #expect(Evaluation(classes: [], confusion: []).similarityOrder == [])
  }

  /// Recency bias: half of the images of task 1 are answered with classes of task 2.
  @Test func blocksTellWhichTaskIsAnswered() {
    let blocks = evaluation.taskBlocks([[0, 1], [3, 4], [5], [7]])
    #expect(
      blocks.map { $0.map { $0.map { ($0 * 10).rounded() / 10 } } } == [
        [60, 35, 5, 0], [25, 70, 5, 0], [0, 30, 70, 0], [nil, nil, nil, nil],
      ])
  }

  /// Answers that are no class of the tasks have a column of their own.
  @Test func blocksCountOtherAnswers() {
    let more = Evaluation(classes: [0, 1], confusion: [[1, 0, 1], [0, 2, 0]])
    #expect(more.taskBlocks([[0], [1]]) == [[50, 0, 50], [0, 100, 0]])
  }
}
