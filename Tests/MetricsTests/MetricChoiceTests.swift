import Metrics
import Testing

/// The figures of a matrix by accuracy, by the mean over classes, and with the task told, against
/// values that were worked out by hand.
struct MetricChoiceTests {
  /// Ten images of class 0, two of class 1; class 2 of the second task has four.
  static let evaluations = [
    Evaluation(classes: [0, 1], confusion: [[8, 2], [1, 1]], rightInTask: [8, 1]),
    Evaluation(
      classes: [0, 1, 2], confusion: [[4, 2, 4], [0, 0, 2], [0, 1, 3]], rightInTask: [6, 0, 4]),
  ]

  private func matrix(by figure: (Evaluation) -> Double?) -> AccuracyMatrix {
    AccuracyMatrix(evaluations: Self.evaluations, tasks: [[0, 1], [2]], by: figure)
  }

  private func isNear(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-9 } ?? false }

  @Test func byAccuracyImagesCountTheSame() {
    let matrix = matrix { $0.accuracy }
    // 9 of 12; then 4 of 12 and 3 of 4.
    #expect(isNear(matrix.rows[0][0], 75))
    #expect(isNear(matrix.rows[1][0], 100.0 / 3) && isNear(matrix.rows[1][1], 75))
    #expect(isNear(matrix.forgetting, 75 - 100.0 / 3))
    #expect(isNear(matrix.backwardTransfer, 100.0 / 3 - 75))
    #expect(isNear(matrix.meanOverTasks, (100.0 / 3 + 75) / 2))
    // Over all images it is less: 7 of 16.
    #expect(isNear(Self.evaluations[1].accuracy, 43.75))
    #expect(matrix == AccuracyMatrix(evaluations: Self.evaluations, tasks: [[0, 1], [2]]))
  }

  @Test func byMacroClassesCountTheSame() {
    let matrix = matrix { $0.macroAccuracy }
    // 80 and 50 %; then 40 and 0 %, and 75 %.
    #expect(isNear(matrix.rows[0][0], 65))
    #expect(isNear(matrix.rows[1][0], 20) && isNear(matrix.rows[1][1], 75))
    #expect(isNear(matrix.forgetting, 45) && isNear(matrix.backwardTransfer, -45))
    #expect(isNear(matrix.meanOverTasks, 47.5))
  }

  @Test func withTheTaskToldOnlyItsOutputsCompete() {
    let matrix = matrix { $0.taskMaskedAccuracy }
    // 9 of 12; then 6 of 12, and 4 of 4.
    #expect(isNear(matrix.rows[0][0], 75))
    #expect(isNear(matrix.rows[1][0], 50) && isNear(matrix.rows[1][1], 100))
    #expect(isNear(matrix.forgetting, 25) && isNear(matrix.meanOverTasks, 75))
  }

  @Test func forwardTransferIsByTheMetricToo() {
    let ahead = [Evaluation(classes: [0, 1], confusion: [[8, 2], [1, 1]])]
    #expect(isNear(forwardTransfer(ahead: ahead, chance: 50), 25))
    #expect(isNear(forwardTransfer(ahead: ahead, chance: 50) { $0.macroAccuracy }, 15))
  }
}
