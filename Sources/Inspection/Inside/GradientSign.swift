public import Datasets
import Learning
public import Networks
import Tensors

/// The fast gradient sign method (Goodfellow, Shlens and Szegedy 2015): one step that raises the loss
/// as fast as it can while no value changes by more than ε: x ← x + ε·sign(∂L/∂x). L is the
/// cross-entropy of the true class, or of the class answered where the model has no output for that.
///
/// The gradient is that of the images as the network reads them; normalization changes no sign, and
/// what a transform does beyond it (equalization, a mean over the image) is passed by.
public struct GradientSign: PiecewiseWork, Sendable {
  private let model: Model
  private let isLabelled: Bool
  private var pieces: ImagePieces
  /// −1, 0 or 1 for every byte of the images so far.
  private var signs: [Int8] = []

  /// - Parameters:
  ///   - model: Without a `gradientObstacle`.
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
  private var set: ImageSet { pieces.data[pieces.split] }

  public mutating func advance(on device: Device) {
    guard let batch = pieces.next(on: device) else { return }
    let outputs = Dictionary(
      uniqueKeysWithValues: Set(batch.labels).map { ($0, model.output(of: $0)) })
    let truth = batch.labels.map { isLabelled ? outputs[$0] ?? nil : nil }
    let gradient = model.network.inputGradient(batch.images, on: device) { outputs in
      let logits = outputs.logits[0]
      var losses = outputs.logits.map { Loss(value: 0, gradient: Tensor(zeros: $0.shape)) }
      losses[0] = crossEntropy(
        logits, labels: truth.enumerated().map { $1 ?? logits.largest(inRow: $0) })
      return OutputLoss(losses)
    }
    let (shape, channels) = (set.shape, batch.images.shape[3])
    // A gray image's gradient is that of each of its colours.
    for index in 0..<truth.count * shape.height * shape.width {
      for channel in 0..<shape.channels {
        let value = gradient.elements[index * channels + min(channel, channels - 1)]
        signs.append(value > 0 ? 1 : value < 0 ? -1 : 0)
      }
    }
  }

  /// All images after the step, in the place of the test images; in memory alone.
  ///
  /// - Parameter step: ε in bytes, of 255.
  public func attacked(by step: Double) -> DataSet {
    replaced((0..<done).map { attacked($0, by: step) }, images: Array(pieces.images[..<done]))
  }

  /// The image at a position again and again, with each of these steps.
  public func attacked(_ position: Int, by steps: [Double]) -> DataSet {
    replaced(
      steps.map { attacked(position, by: $0) }, images: steps.map { _ in pieces.images[position] })
  }

  private func attacked(_ position: Int, by step: Double) -> [UInt8] {
    let start = position * set.shape.count
    let change = Int(step.rounded())
    return set.image(at: pieces.images[position]).enumerated().map { index, value in
      UInt8(min(max(Int(value) + change * Int(signs[start + index]), 0), 255))
    }
  }

  private func replaced(_ pixels: [[UInt8]], images: [Int]) -> DataSet {
    let set = set
    return pieces.data.testing(
      ImageSet(
        shape: set.shape, pixels: pixels.flatMap(\.self), labels: images.map { set.labels[$0] }))
  }
}

extension Tensor {
  /// Of [N, width], the place of a row's largest number.
  fileprivate func largest(inRow row: Int) -> Int {
    let width = shape[1]
    let start = row * width
    return (0..<width).reduce(0) { elements[start + $1] > elements[start + $0] ? $1 : $0 }
  }
}
