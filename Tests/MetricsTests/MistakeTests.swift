import Metrics
import Testing

struct MistakeTests {
  /// The last column is an output that stands for none of the classes.
  private let evaluation = Evaluation(
    classes: [7, 3, 9],
    confusion: [
      [6, 2, 1, 8],
      [2, 1, 0, 0],
      [0, 5, 5, 0],
    ], rightInTask: [6, 2, 9])

  /// The most frequent first, equals in the order of the classes; what is right is no mistake.
  @Test func mistakesAreInOrder() {
    let found = evaluation.mistakes.map { [$0.row, $0.column, $0.count] }
    #expect(found == [[2, 1, 5], [0, 1, 2], [1, 0, 2], [0, 2, 1]])
  }

  /// The rows asked for in that order; their own columns first, then those of the other classes, then
  /// those of no class.
  @Test func limitedEvaluationKeepsAllColumns() {
    let part = evaluation.limited(to: [9, 7])
    #expect(part.classes == [9, 7])
    #expect(part.confusion == [[5, 0, 5, 0], [1, 6, 2, 8]])
    #expect(part.rightInTask == [9, 6])
    #expect(part.correct == 11 && part.total == 27)
    // 15 of 27 within their tasks.
    #expect(part.taskMaskedAccuracy.map { abs($0 - 1500.0 / 27) < 1e-12 } == true)
    let other = evaluation.limited(to: [42, 3])
    #expect(other.classes == [3])
    #expect(other.confusion == [[1, 2, 0, 0]])
    #expect(Evaluation(classes: [1], confusion: [[1]]).limited(to: [1]).rightInTask == nil)
  }
}
