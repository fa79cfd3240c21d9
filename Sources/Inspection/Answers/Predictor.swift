public import Datasets
import Learning
public import Networks
import Randomness
import Tensors

/// Has a model answer some images, a piece at a time.
public struct Predictor: Sendable {
  private let model: Model
  private let data: DataSet
  private let split: DataSet.Split
  private let images: [Int]
  private let isLabelled: Bool
  private var scores: [Float] = []
  private var outputs = 0
  /// Images answered so far.
  public private(set) var done = 0

  /// - Parameters:
  ///   - images: Positions in the split.
  ///   - isLabelled: Whether the data set knows their classes.
  public init(
    _ model: Model, _ data: DataSet, split: DataSet.Split, images: [Int], isLabelled: Bool = true
  ) {
    self.model = model
    self.data = model.prepared(data)
    self.split = split
    self.images = images
    self.isLabelled = isLabelled
  }

  public var total: Int { images.count }

  /// Answers the next images.
  public mutating func advance(on device: Device) {
    let piece = images[done..<min(done + EvaluationCount.piece, images.count)]
    guard !piece.isEmpty else { return }
    let batch = data.batch(piece, of: split, random: RandomStream(seed: 0), on: device.pool)
    let scores = model.scores(batch.images, data, on: device)
    outputs = scores.shape[1]
    self.scores += scores.elements
    done += piece.count
  }

  /// The answers so far.
  public var result: Predictions {
    let images = Array(images[..<done])
    return Predictions(
      images: images, labels: isLabelled ? images.map { data[split].labels[$0] } : nil,
      scores: scores, outputs: outputs, tasks: model.tasks)
  }
}
