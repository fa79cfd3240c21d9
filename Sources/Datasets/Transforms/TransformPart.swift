extension Transform {
  /// What a transform is made of, in the order in which images go through it.
  public enum Part: CaseIterable, Hashable, Sendable {
    case crop
    case flip
    case jitter
    case equalization
    case brightness
    case contrast
    case grayscale
    case normalization
    case standardization

    package var step: any TransformStep {
      switch self {
      case .crop: CropStep()
      case .flip: FlipStep()
      case .jitter: JitterStep()
      case .equalization: EqualizationStep()
      case .brightness: LightStep.brightness
      case .contrast: LightStep.contrast
      case .grayscale: GrayscaleStep()
      case .normalization: NormalizationStep()
      case .standardization: StandardizationStep()
      }
    }

    /// Whether it draws: training then sees an image differently from time to time, and images that
    /// are not trained on go without it.
    public var isRandom: Bool { step.isRandom }

    /// Whether a table from bytes to floats cannot do it.
    var needsFloats: Bool { step.needsFloats }

    /// Whether `transform` does it.
    public func isOn(in transform: Transform) -> Bool { step.isOn(in: transform) }
  }

  /// What images go through: the random parts in training only.
  public func parts(training: Bool) -> Set<Part> {
    Set(Part.allCases.filter { $0.isOn(in: self) && (training || !$0.isRandom) })
  }

  /// Whether training sees an image differently from time to time.
  public var isRandom: Bool { parts(training: true).contains(where: \.isRandom) }
}

// MARK: What the program says of transforms

extension Transform {
  /// The options of all steps, as help lists them.
  package static var options: [TransformOption] { inHelp.flatMap(\.options) }

  /// What a description says besides the images' shape.
  package var words: [String] { Self.inHelp.compactMap { $0.word(in: self) } }

  /// What logs say.
  package var logged: [(key: String, value: TransformValue)] {
    Self.inLogs.map { ($0.logKey, $0.logged(self)) } + Self.inLogs.flatMap { $0.figures(of: self) }
  }

  /// What logs say of the parts that every image goes through, in that order.
  package var loggedOfEvaluation: [(key: String, value: TransformValue)] {
    let parts = parts(training: false)
    return Part.allCases.filter(parts.contains).map(\.step).flatMap { step in
      [(step.logKey, step.logged(self))] + step.figures(of: self)
    }
  }

  /// What is impossible in a transform that comes out of a file; nil if nothing is.
  package var fault: String? { Self.inLogs.lazy.compactMap { $0.fault(in: self) }.first }

  /// Puts what was typed in its place; what was not stays as it is.
  ///
  /// - Returns: What one should know of it.
  package mutating func set(
    _ given: TransformOptions, of data: DataSet
  ) throws(TransformRefusal) -> [String] {
    for part in Part.allCases { try part.step.set(given, in: &self, of: data) }
    return Part.allCases.compactMap { $0.step.warning(given, of: data) }
  }

  private static let inHelp = steps([
    .grayscale, .normalization, .standardization, .crop, .flip, .jitter, .brightness, .contrast,
  ])

  private static let inLogs = steps([
    .grayscale, .crop, .flip, .normalization, .standardization, .brightness, .contrast, .jitter,
  ])

  /// The steps of these parts, then all others.
  private static func steps(_ first: [Part]) -> [any TransformStep] {
    (first + Part.allCases.filter { !first.contains($0) }).map(\.step)
  }
}
