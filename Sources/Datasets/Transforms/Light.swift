internal import PlainText

/// A random change of the light: of the brightness or of the contrast, by one figure.
struct LightStep: TransformStep {
  var isRandom: Bool { true }
  var needsFloats: Bool { true }
  private let option: TransformOption
  private let figure: any WritableKeyPath<Transform, Float> & Sendable

  static let brightness = LightStep(
    option: TransformOption(
      "brightness", .share(0...1), "The largest share of the range added or taken off.",
      searchWords: ["ColorJitter"]), figure: \.brightness)
  static let contrast = LightStep(
    option: TransformOption(
      "contrast", .share(0...1), "The largest change of the contrast.",
      searchWords: ["ColorJitter"]), figure: \.contrast)

  var options: [TransformOption] { [option] }
  var logKey: String { option.name }

  func isOn(in transform: Transform) -> Bool { transform[keyPath: figure] > 0 }

  func word(in transform: Transform) -> String? { isOn(in: transform) ? option.name : nil }

  func deed(in transform: Transform, _ draws: TransformDraws) -> String {
    figure == \Transform.brightness
      ? (draws.brightness < 0 ? "" : "+") + fixed(Double(draws.brightness), 0)
      : "×" + fixed(Double(draws.contrast), 2)
  }

  func logged(_ transform: Transform) -> TransformValue { .number(transform[keyPath: figure]) }

  func fault(in transform: Transform) -> String? {
    (0...1).contains(transform[keyPath: figure])
      ? nil : "the change of brightness or contrast is out of range"
  }

  func set(_ given: TransformOptions, in transform: inout Transform, of data: DataSet) {
    if let number = given.number(option) { transform[keyPath: figure] = number }
  }
}

extension LightStep {
  /// v ← mean + contrast·(v − mean) + brightness, within 0 … 255.
  static func change(
    _ values: UnsafeMutablePointer<Float>, count: Int, brightness: Float, contrast: Float
  ) {
    var mean: Float = 0
    for index in 0..<count { mean += values[index] }
    mean /= Float(count)
    let offset = mean + brightness - contrast * mean
    for index in 0..<count {
      values[index] = min(max(contrast * values[index] + offset, 0), 255)
    }
  }
}
