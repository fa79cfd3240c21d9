public import Metrics

/// What one step of a run did.
public enum Event: Sendable {
  case taskBegan(task: Int, images: Int)
  case batchTrained(BatchReport)
  case epochEnded(EpochRecord)
  /// Images of a stage that were looked at without training on them.
  case imagesSurveyed(task: Int, done: Int, of: Int)
  case testImagesClassified(task: Int, done: Int, of: Int)
  /// The evaluation by the strategy's first classifier.
  case taskEvaluated(task: Int, Evaluation)
  case stageEnded(task: Int)
  case taskEnded(task: Int)
  case finished
}

/// A training step, and how far the epoch is.
public struct BatchReport: Hashable, Sendable {
  public var position: Position
  public var purpose: Stage.Purpose
  /// Epochs of the stage.
  public var epochs: Int
  /// Batches of the epoch.
  public var batches: Int
  public var loss: Float
  /// Mean over the epoch so far.
  public var meanLoss: Float
  /// Over the epoch so far, in percent, each batch judged before its step.
  public var accuracy: Double
  /// What came of the batch itself.
  public var result: BatchResult
}

/// An epoch of training in figures.
public struct EpochRecord: Codable, Hashable, Sendable {
  public var task: Int
  public var purpose: Stage.Purpose
  public var epoch: Int
  /// Training steps of the epoch.
  public var batches: Int
  /// Mean over the images.
  public var loss: Double
  /// Training accuracy in percent, each batch judged before its step.
  public var accuracy: Double
  /// Nil where nothing went down a gradient, or not all of the epoch was measured: earlier versions
  /// of the program measured none.
  public var descent: EpochDescent?

  /// `loss`, or nil if there was no image to learn.
  public var lossIfAny: Double? { batches > 0 ? loss : nil }
  /// `accuracy`, or nil if there was no image to learn.
  public var accuracyIfAny: Double? { batches > 0 ? accuracy : nil }
}

/// How an epoch went down the gradient.
public struct EpochDescent: Codable, Hashable, Sendable {
  /// The learning rates of its first and its last batch.
  public var firstRate: Float
  public var lastRate: Float
  /// Mean over its batches of the gradient's L2 norm; nil if one was not a finite number.
  public var gradientNorm: Double?

  /// Whether the numbers, which may come from a file, are possible.
  public var isPlausible: Bool {
    [Double(firstRate), Double(lastRate), gradientNorm ?? 0].allSatisfy { $0 >= 0 && $0.isFinite }
  }
}
