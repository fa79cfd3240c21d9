import Metrics
import Testing

struct IncrementalMetricsTests {
  /// Two tasks of one class; the second costs half of the first.
  private let evaluations = [
    Evaluation(classes: [7], confusion: [[4]]),
    Evaluation(classes: [7, 3], confusion: [[2, 2], [0, 12]]),
  ]

  @Test func metricsFollowFromTheEvaluations() {
    let metrics = IncrementalMetrics(evaluations, tasks: [[7], [3]])
    #expect(metrics.byTask == [100, 87.5])
    #expect(metrics.final == 87.5 && metrics.average == 93.75)
    #expect(metrics.matrix.rows == [[100], [50, 100]])
    #expect(metrics.meanOverTasks == 75)
    #expect(metrics.forgetting == 50 && metrics.backwardTransfer == -50)
  }

  @Test func anotherMetricIsTheSameOfOtherNumbers() {
    let metrics = IncrementalMetrics(evaluations, tasks: [[7], [3]], by: .macro)
    #expect(metrics.byTask == [100, 75] && metrics.average == 87.5)
    #expect(IncrementalMetrics(evaluations, tasks: [[7], [3]], by: .taskMasked).final == nil)
  }

  @Test func withoutAnEvaluationThereIsNoFigure() {
    let metrics = IncrementalMetrics([], tasks: [[7], [3]])
    #expect(metrics.final == nil && metrics.average == nil && metrics.forgetting == nil)
  }
}
