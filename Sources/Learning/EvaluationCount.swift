public import Datasets
public import Metrics
public import Networks
import Randomness

/// Test images classified so far.
public struct EvaluationCount: Codable, Hashable, Sendable {
  /// Images a call classifies.
  public static let piece = 256

  /// [true class][predicted class], by position among the network's outputs.
  private var confusion: [[Int]] = []
  public private(set) var done = 0

  public init() {}

  /// Classifies the next images of `classes`, whose order is that of the network's outputs.
  ///
  /// - Returns: The number of images there are.
  public mutating func advance(
    _ network: Network, _ data: DataSet, split: DataSet.Split = .test, classes: [Int],
    on device: Device
  ) -> Int {
    if confusion.isEmpty {
      let outputs = max(classes.count, network.architecture.outputs)
      confusion = classes.map { _ in Array(repeating: 0, count: outputs) }
    }
    let images = data[split].indices(of: classes)
    let piece = images[done..<min(done + Self.piece, images.count)]
    if piece.isEmpty { return images.count }
    let batch = data.batch(piece, of: split, random: RandomStream(seed: 0))
    let labels = OutputOrder(classes).outputs(of: batch.labels)
    let predicted = predictions(network.logits(batch.images, on: device)[0])
    for (label, prediction) in zip(labels, predicted) {
      confusion[label][prediction] += 1
    }
    done += piece.count
    return images.count
  }

  public func result(classes: [Int]) -> Evaluation {
    Evaluation(
      classes: classes,
      confusion: confusion.isEmpty ? classes.map { _ in classes.map { _ in 0 } } : confusion)
  }
}
