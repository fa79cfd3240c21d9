/// What class-incremental learning is judged by, after some of its tasks, in percent: computed here
/// once, for tables, logs, records and plots.
public struct IncrementalMetrics: Hashable, Sendable {
  /// After each task, on the test images of all classes so far; nil without any.
  public let byTask: [Double?]
  /// After each task on each task's classes.
  public let matrix: AccuracyMatrix

  /// - Parameters:
  ///   - evaluations: After task i, of all classes of tasks 0 … i.
  ///   - tasks: The classes of each task.
  public init(
    _ evaluations: [Evaluation], tasks: [[Int]], by metric: AccuracyMetric = .accuracy
  ) {
    byTask = evaluations.map(metric.value)
    matrix = AccuracyMatrix(evaluations: evaluations, tasks: tasks, by: metric.value)
  }

  /// After the last task.
  public var final: Double? { byTask.last ?? nil }
  /// Average incremental accuracy (Rebuffi et al. 2017): mean over the tasks of `byTask`.
  public var average: Double? { meanOfKnown(byTask) }
  /// ACC (Lopez-Paz and Ranzato 2017): mean over the tasks of the figure on each after the last.
  public var meanOverTasks: Double? { matrix.meanOverTasks }
  public var forgetting: Double? { matrix.forgetting }
  public var backwardTransfer: Double? { matrix.backwardTransfer }
}

/// What is measured of one evaluation.
public enum AccuracyMetric: String, CaseIterable, Sendable {
  /// Over all images (micro average).
  case accuracy
  /// The mean over classes.
  case macro
  /// With only the outputs of an image's own task competing.
  case taskMasked = "task-masked"

  /// In percent; nil without images.
  public func value(of evaluation: Evaluation) -> Double? {
    switch self {
    case .accuracy: evaluation.accuracy
    case .macro: evaluation.macroAccuracy
    case .taskMasked: evaluation.taskMaskedAccuracy
    }
  }
}
