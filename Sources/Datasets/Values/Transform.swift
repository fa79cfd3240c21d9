/// What the images of a batch go through on their way to a network, in this order: random crop,
/// horizontal flip, jitter, equalization, brightness and contrast, division by 255, grayscale,
/// normalization or standardization.
public struct Transform: Codable, Hashable, Sendable {
  /// Mean and standard deviation per channel, in [0, 1]; a single figure stands for all channels.
  public struct Normalization: Codable, Hashable, Sendable {
    public var mean: [Float]
    public var deviation: [Float]

    /// The notebook's figures for GTSRB.
    public static let gtsrb = Normalization(
      mean: [0.3403, 0.3121, 0.3214], deviation: [0.2724, 0.2608, 0.2669])

    /// The notebook's figures for images of so many channels: where there are not three, the mean of
    /// the three for every channel, as for gray images made of them.
    public static func gtsrb(channels: Int) -> Normalization {
      let (three, count) = (Normalization.gtsrb, 3)
      guard channels != count else { return three }
      return Normalization(
        mean: [three.mean.reduce(0, +) / Float(count)],
        deviation: [three.deviation.reduce(0, +) / Float(count)])
    }

    public init(mean: [Float], deviation: [Float]) {
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// One channel, .2989 R + .587 G + .114 B; normalized with the mean of the channels' figures.
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
}

/// How far training images are turned, sized and moved at random: uniform in ± each figure.
public struct Jitter: Codable, Hashable, Sendable {
  /// In degrees.
  public var rotation: Float
  /// Share of the size: 0.15 is 0.85 … 1.15 times.
  public var scale: Float
  /// Share of the side, along each axis.
  public var shift: Float

  public init(rotation: Float, scale: Float, shift: Float) {
    self.rotation = rotation
    self.scale = scale
    self.shift = shift
  }

  /// What signs at 32×32 bear: ±14°, ±15 %, ±12 %; 20° and more harm.
  public static let standard = Jitter(rotation: 14, scale: 0.15, shift: 0.12)

  static let still = Jitter(rotation: 0, scale: 0, shift: 0)
}

/// Contrast-limited adaptive histogram equalization (Zuiderveld 1994) as OpenCV's `createCLAHE` does
/// it: an image's dark and bright parts each spread over the whole range, none of them so far that
/// noise is all that is seen.
public struct ContrastEqualization: Codable, Hashable, Sendable {
  /// Parts along each side that have a histogram of their own.
  public var tiles: Int
  /// How many times the mean a histogram's bar may be high.
  public var limit: Float

  public init(tiles: Int = 4, limit: Float = 2) {
    self.tiles = tiles
    self.limit = limit
  }
}
