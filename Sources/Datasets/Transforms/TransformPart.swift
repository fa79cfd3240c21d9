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

    /// Whether it draws: training then sees an image differently from time to time, and images that
    /// are not trained on go without it.
    public var isRandom: Bool {
      switch self {
      case .crop, .flip, .jitter, .brightness, .contrast: true
      case .equalization, .grayscale, .normalization, .standardization: false
      }
    }

    /// Whether a table from bytes to floats cannot do it.
    var needsFloats: Bool {
      switch self {
      case .jitter, .equalization, .brightness, .contrast, .standardization: true
      case .crop, .flip, .grayscale, .normalization: false
      }
    }

    /// Whether `transform` does it.
    public func isOn(in transform: Transform) -> Bool {
      switch self {
      case .crop: transform.randomCrop
      case .flip: transform.horizontalFlip && transform.flippedClasses != []
      case .jitter: (transform.jitter ?? .still) != .still
      case .equalization: transform.equalization != nil
      case .brightness: transform.brightness > 0
      case .contrast: transform.contrast > 0
      case .grayscale: transform.grayscale
      case .normalization: transform.normalization != nil
      case .standardization: transform.standardize
      }
    }
  }

  /// What images go through: the random parts in training only.
  public func parts(training: Bool) -> Set<Part> {
    Set(Part.allCases.filter { $0.isOn(in: self) && (training || !$0.isRandom) })
  }

  /// Whether training sees an image differently from time to time.
  public var isRandom: Bool { parts(training: true).contains(where: \.isRandom) }
}
