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
  /// Mean of `byTask`.
  var average: Double?
  var final: Double?
  var forgetting: Double?
  var backwardTransfer: Double?
  var seconds: Double
  var finished: Bool

  init(_ name: String, _ run: Run) {
    let evaluations = run.history.evaluations
    let matrix = AccuracyMatrix(evaluations: evaluations, tasks: run.tasks.tasks)
    self.name = name
    strategy = run.setup.strategy
    seed = run.setup.seed
    byTask = evaluations.map(\.accuracy)
    byTaskMacro = evaluations.map(\.macroAccuracy)
    classesSeen = evaluations.map(\.classes.count)
    average = byTask.isEmpty ? nil : byTask.reduce(0, +) / Double(byTask.count)
    final = byTask.last
    forgetting = matrix.forgetting
    backwardTransfer = matrix.backwardTransfer
    seconds = run.seconds.value
    finished = run.isFinished
  }
}
