import Datasets

/// What `show suspects` looks for.
enum SuspectKind: String, CaseIterable, Sendable {
  case labels, duplicates, dark, bright, pale, blurred, tiny

  var summary: String {
    switch self {
    case .labels: "labels that are probably wrong"
    case .duplicates: "pairs that are nearly the same picture"
    case .dark: "the lowest brightness first"
    case .bright: "the highest brightness first"
    case .pale: "the lowest contrast first"
    case .blurred: "the lowest sharpness first"
    case .tiny: "the smallest files first, by their shorter side"
    }
  }

  /// What is measured, with its key in tables, and in which units; nil of labels and duplicates.
  var measure: (name: String, unit: String)? {
    switch self {
    case .labels, .duplicates: nil
    case .dark, .bright: ("brightness", "mean luma, 0 black to 255 white")
    case .pale: ("contrast", "standard deviation of the luma")
    case .blurred: ("sharpness", "variance of the Laplacian of the luma")
    case .tiny: ("size", "shorter side of the file in pixels")
    }
  }

  /// - Returns: nil where it is not known.
  func value(_ measures: ImageMeasures) -> Double? {
    switch self {
    case .labels, .duplicates: nil
    case .dark, .bright: measures.brightness
    case .pale: measures.contrast
    case .blurred: measures.sharpness
    case .tiny: measures.size.map { Double($0.shorterSide) }
    }
  }

  /// Whether the largest values come first.
  var isDescending: Bool { self == .bright }
}
