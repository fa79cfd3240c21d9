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

extension TransformError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .wrongCount(let figure, let count, let channels):
      "\(figure) has \(count) figures; give one, or one for each of the \(channels) channels"
    case .outOfRange(let figure, let value):
      "\(figure) \(value) is impossible; give \(figure == "mean" ? "a number" : "a number above 0")"
    }
  }
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
