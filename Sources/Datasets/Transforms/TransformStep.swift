/// One step of what images go through: all that the program knows of it besides its pixel work,
/// which stands beside it or, where it is one with others', in `ImagePipeline` and `PixelTable`.
package protocol TransformStep: Sendable {
  /// Whether it draws: training then sees an image differently from time to time, and images that
  /// are not trained on go without it.
  var isRandom: Bool { get }
  /// Whether a table from bytes to floats cannot do it.
  var needsFloats: Bool { get }
  /// What the command `transform` takes for it, in the order in which help lists it.
  var options: [TransformOption] { get }
  /// Its first key in logs.
  var logKey: String { get }

  /// Whether `transform` does it.
  func isOn(in transform: Transform) -> Bool

  /// Whether `transform` asks for it, though it may do nothing.
  func isAsked(in transform: Transform) -> Bool

  /// What a description of `transform` says of it; nil for nothing.
  func word(in transform: Transform) -> String?

  /// What it does to one image, in a few words; those that are on are asked.
  func deed(in transform: Transform, _ draws: TransformDraws) -> String

  /// The value of `logKey`.
  func logged(_ transform: Transform) -> TransformValue

  /// What logs have of it besides `logKey`.
  func figures(of transform: Transform) -> [(key: String, value: TransformValue)]

  /// What is impossible in a transform that comes out of a file; nil if nothing is.
  func fault(in transform: Transform) -> String?

  /// Puts what was typed into `transform`; what was not stays as it is.
  func set(
    _ given: TransformOptions, in transform: inout Transform, of data: DataSet
  ) throws(TransformRefusal)

  /// What one should know of what was typed; nil for nothing.
  func warning(_ given: TransformOptions, of data: DataSet) -> String?
}

extension TransformStep {
  package var isRandom: Bool { false }
  package var needsFloats: Bool { false }
  package var options: [TransformOption] { [] }

  /// What `transform` calls it.
  var name: String { options.first?.name ?? logKey }

  package func deed(in transform: Transform, _ draws: TransformDraws) -> String { "" }

  package func isAsked(in transform: Transform) -> Bool { isOn(in: transform) }

  package func logged(_ transform: Transform) -> TransformValue { .flag(isAsked(in: transform)) }

  package func figures(of transform: Transform) -> [(key: String, value: TransformValue)] { [] }

  package func fault(in transform: Transform) -> String? { nil }

  package func set(
    _ given: TransformOptions, in transform: inout Transform, of data: DataSet
  ) throws(TransformRefusal) {}

  package func warning(_ given: TransformOptions, of data: DataSet) -> String? { nil }
}
