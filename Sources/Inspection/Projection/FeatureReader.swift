public import Datasets
import Learning
public import Networks
public import Tensors

/// Has networks read images, a piece at a time: their features, or what comes out of some layers.
public struct FeatureReader: PiecewiseWork, Sendable {
  /// Parts along a side, over which a layer's image is averaged.
  private static let side = 4

  private let networks: [Network]
  private let layers: [Int]?
  private var pieces: ImagePieces
  private var rows: [Float] = []

  /// - Parameters:
  ///   - networks: Their features stand side by side.
  ///   - layers: By position; what comes out of each stands side by side, in place of the features,
  ///     images as the means of a grid of 4 × 4 parts.
  ///   - data: With the transform that the networks were trained with.
  ///   - images: Positions in the split.
  public init(
    _ networks: [Network], at layers: [Int]? = nil, _ data: DataSet, split: DataSet.Split,
    images: [Int]
  ) {
    self.networks = networks
    self.layers = layers
    pieces = ImagePieces(data, split: split, images: images)
  }

  public var done: Int { pieces.done }
  public var total: Int { pieces.total }

  public mutating func advance(on device: Device) {
    guard let batch = pieces.next(on: device) else { return }
    let parts = networks.map { network in
      layers.map { network.features(batch.images, at: $0, side: Self.side, on: device) }
        ?? network.features(batch.images, on: device)
    }
    rows += Tensor.sideBySide(parts).elements
  }

  /// What was read so far, [N, F].
  public var result: Tensor {
    Tensor([done, done == 0 ? 0 : rows.count / done], rows)
  }

  /// The columns of `result` that belong to each of `layers` of an architecture.
  public static func columns(of layers: [Int], _ architecture: Architecture) -> [Range<Int>] {
    var end = 0
    let shapes = architecture.shapes
    return layers.map { layer in
      let start = end
      switch shapes[layer] {
      case .image(_, _, let channels): end += side * side * channels
      case .vector(let count): end += count
      }
      return start..<end
    }
  }
}
