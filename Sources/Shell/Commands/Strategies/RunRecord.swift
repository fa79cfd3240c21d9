import Datasets
import Learning
import Metrics

/// A run's figures for other programs, in percent and seconds.
struct RunRecord: Encodable {
  var name: String
  var strategy: String
  var seed: Int
  /// Accuracy on the test images of all classes so far, after each task.
  var byTask: [Double]
  /// The same as the mean over classes.
  var byTaskMacro: [Double]
  var classesSeen: [Int]
  /// Mean over the tasks, by the metric asked for; `final` is the last of them.
  var average: OrNull<Double>
  var final: OrNull<Double>
  var forgetting: OrNull<Double>
  var backwardTransfer: OrNull<Double>
  var seconds: Double
  var finished: Bool

  init(_ name: String, _ run: Run, _ metric: CompareMetric = .accuracy) {
    let evaluations = run.history.evaluations
    let matrix = AccuracyMatrix(evaluations: evaluations, tasks: run.tasks.tasks)
    self.name = name
    strategy = run.setup.strategy
    seed = run.setup.seed
    byTask = evaluations.map(\.accuracy)
    byTaskMacro = evaluations.map(\.macroAccuracy)
    classesSeen = evaluations.map(\.classes.count)
    let values = metric == .accuracy ? byTask : byTaskMacro
    average = OrNull(values.isEmpty ? nil : values.reduce(0, +) / Double(values.count))
    final = OrNull(values.last)
    forgetting = OrNull(matrix.forgetting)
    backwardTransfer = OrNull(matrix.backwardTransfer)
    seconds = run.seconds.value
    finished = run.isFinished
  }
}

/// A figure that other programs find under its key even when there is none: `null`.
struct OrNull<Value: Encodable>: Encodable {
  var value: Value?

  init(_ value: Value?) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}
