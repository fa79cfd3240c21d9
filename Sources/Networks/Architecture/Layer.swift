public import Tensors

/// One stage of a network's body: a description; its numbers lie in the network's block.
public enum Layer: Codable, Hashable, Sendable {
  /// Without a bias where batch normalisation follows at once: the mean would take it out again.
  case convolution(name: String, outputs: Int, kernel: Int, padding: Int)
  case activation(Activation)
  /// 2×2 maxima, stride 2; an odd last row or column is dropped.
  case maxPool
  /// [height, width, channels] → vector, channel by channel as PyTorch orders it.
  case flatten
  /// Without a bias where batch normalisation follows at once.
  case dense(name: String, outputs: Int)
  /// Divides each image's features by their L2 norm.
  case normalize
  /// Per channel: mean 0 and variance 1 over the batch in training, by running statistics at
  /// evaluation; then a learned scale and shift (Ioffe and Szegedy 2015).
  case batchNormalization(name: String)
  /// [height, width, channels] → vector of the channels' means.
  case globalAveragePool
  /// In training each value is 0 with probability `rate` (Srivastava et al. 2014).
  case dropout(rate: Float)
  /// What each pooling before hands on and what comes in, averaged over a grid of `side` × `side`
  /// parts, side by side: a vector with features of several scales (Sermanet and LeCun 2011).
  case scales(side: Int)
  /// x + body(x) (He et al. 2016); the body hands on the shape that it gets.
  case residual([Layer])
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

  /// What batch normalisation has figures for.
  public var channels: Int {
    switch self {
    case .image(_, _, let channels): channels
    case .vector(let count): count
    }
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

extension Layer {
  /// The shape that comes out for the shape that goes in; of a residual block, unchecked; of scales,
  /// those of what comes in alone.
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
    case (.globalAveragePool, .image(_, _, let channels)): return .vector(channels)
    case (.scales(let side), .image(let height, let width, let channels)):
      guard side > 0 else { throw .notPositive(layer: position) }
      guard side <= min(height, width) else {
        throw .imageTooSmall(layer: position, height: height, width: width)
      }
      return .vector(side * side * channels)
    case (.flatten, _): return .vector(input.count)
    case (.dropout(let rate), _):
      guard rate >= 0, rate < 1 else { throw .rateOutOfRange(layer: position) }
      return input
    case (.activation, _), (.batchNormalization, _), (.residual, _): return input
    case (.dense(_, let outputs), .vector):
      guard outputs > 0 else { throw .notPositive(layer: position) }
      return .vector(outputs)
    case (.normalize, .vector): return input
    case (.convolution, .vector), (.maxPool, .vector), (.globalAveragePool, .vector),
      (.scales, .vector):
      throw .needsImage(layer: position)
    case (.dense, .image), (.normalize, .image): throw .needsVector(layer: position)
    }
  }
}
