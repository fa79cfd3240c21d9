import Metrics
import Testing

@Suite struct AccuracyMatrixTests {
  /// Task 0 is best in the middle (92), task 1 when just learned (80), task 2 at the end.
  let matrix = AccuracyMatrix(rows: [[90], [92, 80], [60, 70, 85], [40, 50, 90, 70]])

  @Test func forgettingIsTheDropFromTheBestAccuracyBeforeTheEnd() {
    // 92 − 40, 80 − 50, and a task that gained: 85 − 90.
    #expect(matrix.forgetting == (52 + 30 - 5) / 3.0)
  }

  @Test func backwardTransferIsTheChangeSinceATaskWasLearned() {
    // 40 − 90, 50 − 80, 90 − 85.
    #expect(matrix.backwardTransfer == (-50 - 30 + 5) / 3.0)
  }

  @Test func lastTaskAndTheEndItselfCountInNeither() {
    let other = AccuracyMatrix(rows: [[90], [92, 80], [60, 70, 85], [40, 50, 90, 0]])
    #expect(other.forgetting == matrix.forgetting)
    #expect(other.backwardTransfer == matrix.backwardTransfer)
  }

  @Test(arguments: [[], [[88]]] as [[[Double?]]])
  func withFewerThanTwoTasksThereIsNothingToForget(rows: [[Double?]]) {
    let matrix = AccuracyMatrix(rows: rows)
    #expect(matrix.forgetting == nil)
    #expect(matrix.backwardTransfer == nil)
  }

  @Test func twoTasksCompareTheOnlyEarlierOne() {
    let matrix = AccuracyMatrix(rows: [[90], [10, 95]])
    #expect(matrix.forgetting == 80)
    #expect(matrix.backwardTransfer == -80)
  }

  @Test func rowsHoldTheAccuracyOnEachTaskSoFar() {
    let first = Evaluation(classes: [4, 2], confusion: [[3, 1], [0, 4]])
    let second = Evaluation(
      classes: [4, 2, 0, 1],
      confusion: [[1, 0, 3, 0], [0, 2, 0, 2], [0, 0, 4, 0], [1, 0, 0, 5]])
    let matrix = AccuracyMatrix(evaluations: [first, second], tasks: [[4, 2], [0, 1]])
    #expect(matrix.rows == [[87.5], [37.5, 90]])
  }

  /// Task 1 has no test images: the others are averaged as if it were not there.
  @Test func taskWithoutTestImagesIsInNoMean() {
    let matrix = AccuracyMatrix(
      rows: [[90], [80, nil], [60, nil, 85], [40, nil, 90, 70]])
    // 90 − 40, and a task that gained: 85 − 90.
    #expect(matrix.forgetting == (50 - 5) / 2.0)
    #expect(matrix.backwardTransfer == (-50 + 5) / 2.0)
    let untested = AccuracyMatrix(rows: [[nil], [nil, 80]])
    #expect(untested.forgetting == nil)
    #expect(untested.backwardTransfer == nil)
  }

  @Test func matrixHasNoAccuracyWhereThereAreNoTestImages() {
    let first = Evaluation(classes: [5], confusion: [[0]])
    let second = Evaluation(classes: [5, 6], confusion: [[0, 0], [1, 3]])
    let matrix = AccuracyMatrix(evaluations: [first, second], tasks: [[5], [6]])
    #expect(matrix.rows == [[nil], [nil, 75]])
  }

  @Test func taskWithoutTestImagesTransfersNothing() {
    let tested = Evaluation(classes: [1], confusion: [[3, 1]])
    let untested = Evaluation(classes: [2], confusion: [[0, 0]])
    #expect(forwardTransfer(ahead: [untested, tested, untested], chance: 50) == 25)
    #expect(forwardTransfer(ahead: [untested], chance: 50) == nil)
  }

  @Test func runStoppedEarlyHasARowPerTaskDone() {
    let evaluation = Evaluation(classes: [0], confusion: [[2]])
    let matrix = AccuracyMatrix(evaluations: [evaluation], tasks: [[0], [1], [2]])
    #expect(matrix.rows == [[100]])
    #expect(AccuracyMatrix(evaluations: [], tasks: [[0]]).rows.isEmpty)
  }
}
