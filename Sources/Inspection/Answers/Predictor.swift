public import Datasets
public import Networks
import Tensors

/// Has a model answer some images, a piece at a time.
public struct Predictor: PiecewiseWork, Sendable {
  private let model: Model
  private let isLabelled: Bool
  private var pieces: ImagePieces
  private var scores: [Float] = []
  private var outputs = 0

  /// - Parameters:
  ///   - images: Positions in the split.
  ///   - isLabelled: Whether the data set knows their classes.
  public init(
    _ model: Model, _ data: DataSet, split: DataSet.Split, images: [Int], isLabelled: Bool = true
  ) {
    self.model = model
    self.isLabelled = isLabelled
    pieces = ImagePieces(model.prepared(data), split: split, images: images)
  }

  public var done: Int { pieces.done }
  public var total: Int { pieces.total }

  public mutating func advance(on device: Device) {
    guard let batch = pieces.next(on: device) else { return }
    let scores = model.scores(batch.images, pieces.data, on: device)
    outputs = scores.shape[1]
    self.scores += scores.elements
  }

  /// The answers so far.
  public var result: Predictions {
    let images = Array(pieces.images[..<done])
    let labels = pieces.data[pieces.split].labels
    return Predictions(
      images: images, labels: isLabelled ? images.map { labels[$0] } : nil, scores: scores,
      outputs: outputs, tasks: model.tasks)
  }
}
