public import Datasets
public import Networks
import Tensors

/// Has a network read images, a piece at a time: what its heads read, and what each of them says.
public struct OutputReader: PiecewiseWork, Sendable {
  private let network: Network
  private var pieces: ImagePieces
  /// [N, F]
  public private(set) var features: [Float] = []
  /// Of each head, [N, outputs].
  public private(set) var logits: [[Float]]

  /// - Parameters:
  ///   - data: With the transform that the network was trained with.
  ///   - images: Positions in the split.
  public init(_ network: Network, _ data: DataSet, split: DataSet.Split, images: [Int]) {
    self.network = network
    pieces = ImagePieces(data, split: split, images: images)
    logits = network.architecture.heads.map { _ in [] }
  }

  public var done: Int { pieces.done }
  public var total: Int { pieces.total }

  public mutating func advance(on device: Device) {
    guard let batch = pieces.next(on: device) else { return }
    let outputs = network.outputs(batch.images, on: device)
    features += outputs.features.elements
    for (head, tensor) in outputs.logits.enumerated() { logits[head] += tensor.elements }
  }
}
