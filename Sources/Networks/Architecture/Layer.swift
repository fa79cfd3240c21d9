public import Tensors

/// One stage of a network's body: a description; its numbers lie in the network's block.
public enum Layer: Codable, Hashable, Sendable {
  case convolution(name: String, outputs: Int, kernel: Int, padding: Int)
  case activation(Activation)
  /// 2×2 maxima, stride 2; an odd last row or column is dropped.
  case maxPool
  /// [height, width, channels] → vector, channel by channel as PyTorch orders it.
  case flatten
  case dense(name: String, outputs: Int)
  /// Divides each image's features by their L2 norm.
  case normalize
}

/// What a layer hands on for one image.
public enum LayerShape: Codable, Hashable, Sendable {
  case image(height: Int, width: Int, channels: Int)
  case vector(Int)

  public var count: Int {
    switch self {
    case .image(let height, let width, let channels): height * width * channels
    case .vector(let count): count
    }
  }
}

/// Why a list of layers is not a network.
public enum ArchitectureError: Error, Hashable, Sendable {
  /// The layer at this position (from 0) needs an image but gets a vector.
  case needsImage(layer: Int)
  /// The layer at this position (from 0) needs a vector: a `flatten` is missing.
  case needsVector(layer: Int)
  /// The kernel or the pooling is larger than what the layer gets.
  case imageTooSmall(layer: Int, height: Int, width: Int)
  /// The border would be as wide as the kernel or wider.
  case paddingTooLarge(layer: Int)
  /// More weights than `limit`.
  case tooLarge(parameters: Int, limit: Int)
  /// A size that must be at least 1 is not.
  case notPositive(layer: Int)
}

extension Layer {
  /// The shape that comes out for the shape that goes in.
  func output(of input: LayerShape, position: Int) throws(ArchitectureError) -> LayerShape {
    switch (self, input) {
    case (.convolution(_, let outputs, let kernel, let padding), .image(let h, let w, _)):
      guard outputs > 0, kernel > 0, padding >= 0 else { throw .notPositive(layer: position) }
      guard padding < kernel else { throw .paddingTooLarge(layer: position) }
      let (height, width) = (h + 2 * padding - kernel + 1, w + 2 * padding - kernel + 1)
      guard height > 0, width > 0 else {
        throw .imageTooSmall(layer: position, height: h, width: w)
      }
      return .image(height: height, width: width, channels: outputs)
    case (.maxPool, .image(let height, let width, let channels)):
      guard height > 1, width > 1 else {
        throw .imageTooSmall(layer: position, height: height, width: width)
      }
      return .image(height: height / 2, width: width / 2, channels: channels)
    case (.flatten, _): return .vector(input.count)
    case (.activation, _): return input
    case (.dense(_, let outputs), .vector):
      guard outputs > 0 else { throw .notPositive(layer: position) }
      return .vector(outputs)
    case (.normalize, .vector): return input
    case (.convolution, .vector), (.maxPool, .vector): throw .needsImage(layer: position)
    case (.dense, .image), (.normalize, .image): throw .needsVector(layer: position)
    }
  }
}
