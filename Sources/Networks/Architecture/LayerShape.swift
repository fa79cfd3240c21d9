/// What a layer hands on for one image.
public enum LayerShape: Codable, Hashable, Sendable {
  case image(height: Int, width: Int, channels: Int)
  case vector(Int)

  public var count: Int { extents.height * extents.width * extents.channels }

  /// What batch normalization has figures for.
  public var channels: Int { extents.channels }

  /// A vector is one pixel.
  var extents: (height: Int, width: Int, channels: Int) {
    switch self {
    case .image(let height, let width, let channels): (height, width, channels)
    case .vector(let count): (1, 1, count)
    }
  }

  /// Of an image.
  func image(
    at position: Int
  ) throws(ArchitectureError) -> (height: Int, width: Int, channels: Int) {
    guard case .image = self else { throw .needsImage(layer: position) }
    return extents
  }
}

/// Why a list of layers is not a network; layers count from 0, those in a block as their block.
public enum ArchitectureError: Error, Hashable, Sendable {
  /// The layer at this position needs an image but gets a vector.
  case needsImage(layer: Int)
  /// The layer at this position needs a vector: a `flatten` is missing.
  case needsVector(layer: Int)
  /// The kernel or the pooling is larger than what the layer gets.
  case imageTooSmall(layer: Int, height: Int, width: Int)
  /// The border would be as wide as the kernel or wider.
  case paddingTooLarge(layer: Int)
  /// More weights than `limit`.
  case tooLarge(parameters: Int, limit: Int)
  /// A size that must be at least 1 is not.
  case notPositive(layer: Int)
  /// Dropout with a rate that is not from 0 to below 1.
  case rateOutOfRange(layer: Int)
  /// A residual block whose body hands on another shape than it gets.
  case shapeChanges(layer: Int, from: LayerShape, to: LayerShape)
  /// A residual block without layers, or with a block inside.
  case notABlock(layer: Int)
}
