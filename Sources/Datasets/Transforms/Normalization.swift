internal import PlainText

extension Transform {
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

/// Why a normalization cannot be done.
public enum TransformError: Error, Hashable, Sendable {
  /// `figure` is "mean" or "deviation".
  case wrongCount(figure: String, count: Int, channels: Int)
  /// Not a finite number, or a standard deviation that is not above 0.
  case outOfRange(figure: String, value: Float)
}

/// Normalization by the mean and the deviation of each channel, by `PixelTable`. Its option also
/// turns `standardize` on and off.
struct NormalizationStep: TransformStep {
  var options: [TransformOption] { [Self.normalize, Self.mean, Self.deviation] }
  var logKey: String { "normalized" }

  private static let normalize = TransformOption(
    "normalize",
    .choice([
      ("on", "subtract the mean and divide by the deviation of each channel"),
      ("image", "mean 0 and deviation 1 over each image by itself"),
      ("off", "values from 0 to 1"),
    ]), "How values are centred.", searchWords: ["Normalize", "standardize"])
  private static let mean = TransformOption(
    "mean", .numbers(-10...10, count: 1...4),
    "Means per channel (default: the notebook's for GTSRB).")
  private static let deviation = TransformOption(
    "std", .numbers(0...10, includesLower: false, count: 1...4),
    "Standard deviations per channel (default: the notebook's for GTSRB).")

  func isOn(in transform: Transform) -> Bool { transform.normalization != nil }

  func word(in transform: Transform) -> String? { isOn(in: transform) ? "normalized" : nil }

  func deed(in transform: Transform, _ draws: TransformDraws) -> String {
    guard let figures = transform.normalization else { return "" }
    func text(_ values: [Float]) -> String {
      values.map { fixed(Double($0), 3) }.joined(separator: " ")
    }
    return "minus \(text(figures.mean)), divided by \(text(figures.deviation))"
  }

  func figures(of transform: Transform) -> [(key: String, value: TransformValue)] {
    guard let figures = transform.normalization else { return [] }
    return [("mean", .numbers(figures.mean)), ("deviation", .numbers(figures.deviation))]
  }

  func fault(in transform: Transform) -> String? {
    guard let figures = transform.normalization else { return nil }
    let isPossible =
      (figures.mean + figures.deviation).allSatisfy(\.isFinite)
      && figures.deviation.allSatisfy { $0 > 0 }
      && !figures.mean.isEmpty && !figures.deviation.isEmpty
    return isPossible ? nil : "a figure of the normalization is out of range"
  }

  func set(
    _ given: TransformOptions, in transform: inout Transform, of data: DataSet
  ) throws(TransformRefusal) {
    let standard = Transform.Normalization.gtsrb(channels: data.train.shape.channels)
    let (mean, deviation) = (given.numbers(Self.mean), given.numbers(Self.deviation))
    let hasFigures = mean != nil || deviation != nil
    guard let word = given.word(Self.normalize) ?? (hasFigures ? "on" : nil) else { return }
    guard word == "on" || !hasFigures else {
      throw TransformRefusal(Self.normalize, "mean= and std= need normalize=on")
    }
    transform.standardize = word == "image"
    transform.normalization = word == "on" ? transform.normalization ?? standard : nil
    if let mean { transform.normalization?.mean = mean }
    if let deviation { transform.normalization?.deviation = deviation }
  }
}

/// Mean 0 and deviation 1 over each image; `normalize=image` asks for it.
struct StandardizationStep: TransformStep {
  var needsFloats: Bool { true }
  var logKey: String { "standardized" }

  func isOn(in transform: Transform) -> Bool { transform.standardize }

  func word(in transform: Transform) -> String? { isOn(in: transform) ? "standardized" : nil }

  func deed(in transform: Transform, _ draws: TransformDraws) -> String {
    "mean 0 and deviation 1 over the image"
  }

  /// Mean 0 and deviation 1, but a uniform image's noise is not blown up (as TensorFlow's
  /// `per_image_standardization` has it).
  static func apply(_ image: UnsafeMutablePointer<Float>, count: Int) {
    var (sum, squares) = (0.0, 0.0)
    for index in 0..<count { sum += Double(image[index]) }
    let mean = sum / Double(count)
    for index in 0..<count {
      let apart = Double(image[index]) - mean
      squares += apart * apart
    }
    let deviation = max((squares / Double(count)).squareRoot(), 1 / Double(count).squareRoot())
    let (center, factor) = (Float(mean), Float(1 / deviation))
    for index in 0..<count { image[index] = (image[index] - center) * factor }
  }
}
