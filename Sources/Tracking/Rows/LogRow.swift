/// What is measured at one moment of a run.
public struct LogRow: Hashable, Sendable {
  /// How often such rows come, and so what their natural axis is.
  public enum Rate: Hashable, Sendable {
    case batch
    case epoch
    /// The axis is the task.
    case task
  }

  public struct Scalar: Hashable, Sendable {
    public var metric: String
    public var value: Double
  }

  public var rate: Rate
  /// Training steps taken.
  public var step: Int
  /// From 1.
  public var task: Int
  /// Within the task, from 1; nil for what belongs to the whole task.
  public var epoch: Int?
  public var scalars: [Scalar]

  init(
    _ rate: Rate, step: Int, task: Int, epoch: Int? = nil,
    _ values: KeyValuePairs<String, Double>
  ) {
    self.rate = rate
    self.step = step
    self.task = task
    self.epoch = epoch
    scalars = values.map { Scalar(metric: $0.key, value: $0.value) }
  }
}

/// The metrics' names, which are the notebook's where it has them (§ 5).
enum MetricName {
  static let task = "task"
  static let epoch = "epoch"
  static let trainLoss = "train/train_loss"
  static let trainAccuracy = "train/train_accuracy"
  static let epochLoss = "train/epoch_loss"
  /// Of the epoch's last batch.
  static let learningRate = "train/learning_rate"
  /// Mean over the epoch's batches.
  static let gradientNorm = "train/gradient_norm"
  /// On the test images of all classes so far, in percent.
  static let incrementalAccuracy = "incremental_accuracy"
  static let incrementalAccuracyMacro = "incremental_accuracy_macro"
  static let averageAccuracy = "average_incremental_accuracy"
  static let forgetting = "forgetting"
  static let backwardTransfer = "backward_transfer"

  /// On the classes of one task, all outputs competing.
  static func accuracy(onTask task: Int) -> String { "accuracy/task_\(task + 1)" }
}
