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

  /// The most frequent first, equals in the order of the table; what is right is no mistake, and an
  /// answer that is none of the columns is one.
  @Test func mistakesAreInOrder() {
    let table = ConfusionTable(evaluation, rows: [7, 3, 9], columns: [7, 3, 9])
    #expect(
      table.mistakes.map { [$0.truth, $0.answer ?? -1, $0.count] } == [
        [7, -1, 8], [9, 3, 5], [7, 3, 2], [3, 7, 2], [7, 9, 1],
      ])
    let shares: [Double] = [800.0 / 17, 50, 200.0 / 17, 200.0 / 3, 100.0 / 17]
    #expect(table.mistakes.map(\.share) == shares)
  }

  /// Of some classes: what was taken for others is counted, so that shares are of all images.
  @Test func tableOfSomeClassesKeepsTheRest() {
    let table = ConfusionTable(evaluation, rows: [9, 42], columns: [9, 7])
    #expect(table.rows == [9] && table.columns == [9, 7] && table.hasOthers)
    #expect(table.counts == [[5, 0, 5]])
    #expect(table.shares == [[50, 0, 50]])
    let whole = ConfusionTable(
      Evaluation(classes: [1, 2], confusion: [[3, 1], [0, 0]]), rows: [2, 1], columns: [1, 2])
    #expect(!whole.hasOthers && whole.counts == [[0, 0], [3, 1]])
    #expect(whole.shares == [[nil, nil], [75, 25]])
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
