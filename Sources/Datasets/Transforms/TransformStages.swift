public import Randomness

/// An image as it is after one step of a transform.
public struct TransformStage: Hashable, Sendable {
  /// The word that `transform` has for the step: `image` before the first, `network` behind the last.
  public let name: String
  /// What the step did to this image, in words; may be empty.
  public let text: String
  public let shape: ImageShape
  /// [height, width, channels]: 0 … 255 until the last stage, which has what a network gets.
  public let values: [Float]
}

extension DataSet {
  /// An image before and after every step of the transform, as a batch would have it.
  ///
  /// - Parameters:
  ///   - training: Whether it goes through the random steps too.
  ///   - random: What the image draws from: in a batch, the stream of its position.
  /// - Returns: The image as it was loaded, then a stage for each step that is on; of the last one,
  ///   and of no other, the values are those that a network gets.
  public func stages(
    of index: Int, split: Split, training: Bool, random: RandomStream
  ) -> [TransformStage] {
    let set = self[split]
    let parts = Transform.Part.allCases.filter(transform.parts(training: training).contains)
    let draws = ImagePipeline(transform, set.shape, training: training)
      .draws(label: set.labels[index], random: random)
    let bytes = Array(set.image(at: index))
    func stage(_ name: String, _ text: String, through count: Int, isLast: Bool) -> TransformStage {
      let limited = transform.limited(to: parts.prefix(count))
      let shape = limited.output(of: set.shape)
      var values = [Float](repeating: 0, count: shape.count)
      var pipeline = ImagePipeline(limited, set.shape, training: training)
      pipeline.convert(bytes, draws, into: &values)
      return TransformStage(
        name: name, text: text, shape: shape,
        values: isLast ? values : values.map { min(max(255 * $0, 0), 255) })
    }
    // The steps that centre the values are the last; without one, a division by 255 is.
    let seen = parts.filter { !$0.centers }
    let image = TransformStage(
      name: "image", text: "", shape: set.shape, values: bytes.map { Float($0) })
    return [image]
      + seen.enumerated().map { position, part in
        stage(
          part.step.name, part.step.deed(in: transform, draws), through: position + 1, isLast: false
        )
      }
      + [
        stage(
          "network",
          parts.last.flatMap { $0.centers ? $0.step.deed(in: transform, draws) : nil }
            ?? "divided by 255", through: parts.count, isLast: true)
      ]
  }
}

extension Transform.Part {
  /// Whether its values are those that a network gets.
  fileprivate var centers: Bool { self == .normalization || self == .standardization }
}

extension Transform {
  /// The same transform with these parts only.
  func limited(to parts: some Sequence<Part>) -> Transform {
    var limited = Transform()
    for part in parts {
      switch part {
      case .crop: limited.randomCrop = randomCrop
      case .flip:
        (limited.horizontalFlip, limited.flippedClasses) = (horizontalFlip, flippedClasses)
      case .jitter: limited.jitter = jitter
      case .equalization: limited.equalization = equalization
      case .brightness: limited.brightness = brightness
      case .contrast: limited.contrast = contrast
      case .grayscale: limited.grayscale = grayscale
      case .normalization: limited.normalization = normalization
      case .standardization: limited.standardize = standardize
      }
    }
    return limited
  }
}
