/// One channel instead of three, by `PixelTable`.
struct GrayscaleStep: TransformStep {
  var options: [TransformOption] { [Self.option] }
  var logKey: String { "grayscale" }

  private static let option = TransformOption(
    "grayscale", .flag, "One channel instead of three.")

  func isOn(in transform: Transform) -> Bool { transform.grayscale }

  /// The images' shape tells it.
  func word(in transform: Transform) -> String? { nil }

  func set(_ given: TransformOptions, in transform: inout Transform, of data: DataSet) {
    transform.grayscale = given.flag(Self.option) ?? transform.grayscale
  }
}
