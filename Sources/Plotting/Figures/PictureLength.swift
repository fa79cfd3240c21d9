import PlainText

/// A side of a picture: `85mm`, `3.5in`, `960px`.
public struct PictureLength: Hashable, Sendable, CustomStringConvertible {
  public enum Unit: String, CaseIterable, Sendable {
    case mm
    case cm
    case `in`
    case pt
    case px

    /// In inches; a pixel is a 96th, as for browsers.
    var inches: Double {
      switch self {
      case .mm: 1 / 25.4
      case .cm: 1 / 2.54
      case .in: 1
      case .pt: 1 / 72
      case .px: 1.0 / 96
      }
    }
  }

  public let value: Double
  public let unit: Unit

  public init(_ value: Double, _ unit: Unit) {
    self.value = value
    self.unit = unit
  }

  /// Reads `85mm`; without a unit a number counts pixels. Nil if it is none above 0.
  public init?(_ text: some StringProtocol) {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let rest = text[digits.endIndex...]
    guard let value = Double(String(digits)), value > 0, value.isFinite, value < 1e6,
      let unit = rest.isEmpty ? .px : Unit(rawValue: rest.lowercased())
    else { return nil }
    self.init(value, unit)
  }

  public var isOfPaper: Bool { unit != .px }
  var inches: Double { value * unit.inches }
  /// In 96ths of an inch.
  var pixels: Double { inches * 96 }

  public var description: String { "\(value.plainText)\(unit.rawValue)" }
}

extension PictureStyle {
  /// Reads `85mm` or `85x60mm`, whose first side has the second's unit if it has none.
  public static func sides(
    _ text: String
  ) -> (width: PictureLength, height: PictureLength?)? {
    if let width = PictureLength(text) { return (width, nil) }
    for cross in text.indices where "xX×".contains(text[cross]) {
      let first = text[..<cross]
      guard let width = PictureLength(first),
        let height = PictureLength(text[text.index(after: cross)...])
      else { continue }
      let hasUnit = first.last?.isLetter == true
      return (hasUnit ? width : PictureLength(width.value, height.unit), height)
    }
    return nil
  }
}
