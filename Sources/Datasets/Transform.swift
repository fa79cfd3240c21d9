/// What the images of a batch go through on their way to a network, in this order: random crop,
/// horizontal flip, jitter, equalisation, brightness and contrast, division by 255, grayscale,
/// normalisation or standardisation.
public struct Transform: Codable, Hashable, Sendable {
  /// Mean and standard deviation per channel, in [0, 1]; a single figure stands for all channels.
  public struct Normalization: Codable, Hashable, Sendable {
    public var mean: [Float]
    public var deviation: [Float]

    /// The notebook's figures for GTSRB.
    public static let gtsrb = Normalization(
      mean: [0.3403, 0.3121, 0.3214], deviation: [0.2724, 0.2608, 0.2669])

    public init(mean: [Float], deviation: [Float]) {
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// One channel, .2989 R + .587 G + .114 B; normalised with the mean of the channels' figures.
  public var grayscale = false
  public var normalization: Normalization?
  /// Random resized crop (area 8–100 %, aspect 3:4–4:3), training batches only.
  public var randomCrop = false
  /// Mirror half of the images, training batches only.
  public var horizontalFlip = false
  /// The classes whose images are mirrored; nil for all.
  public var flippedClasses: [Int]?
  /// Turned, sized and moved at random, training batches only.
  public var jitter: Jitter?
  /// The largest share of the range that is added or taken off, training batches only.
  public var brightness: Float = 0
  /// The largest share by which the distance from the mean grows or shrinks, training batches only.
  public var contrast: Float = 0
  public var equalization: ContrastEqualization?
  /// Mean 0 and deviation 1 over each image by itself, instead of `normalization`.
  public var standardize = false

  public init() {}

  /// The shape of transformed images: the first layer's input.
  public func output(of shape: ImageShape) -> ImageShape {
    ImageShape(
      height: shape.height, width: shape.width,
      channels: grayscale && shape.channels == 3 ? 1 : shape.channels)
  }

  /// Checks the figures of `normalization` against images of `channels` channels.
  public func validate(channels: Int) throws(TransformError) {
    guard let normalization else { return }
    for (name, figures) in [
      ("mean", normalization.mean), ("deviation", normalization.deviation),
    ] {
      guard figures.count == 1 || figures.count == channels else {
        throw .wrongCount(figure: name, count: figures.count, channels: channels)
      }
      for value in figures where !value.isFinite || (name == "deviation" && value <= 0) {
        throw .outOfRange(figure: name, value: value)
      }
    }
  }
}

/// Why a normalisation cannot be done.
public enum TransformError: Error, Hashable, Sendable {
  /// `figure` is "mean" or "deviation".
  case wrongCount(figure: String, count: Int, channels: Int)
  /// Not a finite number, or a standard deviation that is not above 0.
  case outOfRange(figure: String, value: Float)
}
