/// What the images of a batch go through on their way to a network.
public struct Transform: Codable, Hashable, Sendable {
  /// Mean and standard deviation per channel, in [0, 1].
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

  public var grayscale = false
  public var normalization: Normalization?
  /// Random resized crop (area 8–100 %, aspect 3:4–4:3), training batches only.
  public var randomCrop = false
  /// Mirror half of the images, training batches only.
  public var horizontalFlip = false

  public init() {}
}
