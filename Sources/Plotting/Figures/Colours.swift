import System

/// Red, green and blue, 0 … 255.
package struct Colour: Hashable, Sendable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// In gnuplot's and CSS's way of writing.
  var hex: String {
    "#"
      + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
      .joined()
  }

  /// How light it looks, 0 … 1 (Rec. 601).
  var luma: Double {
    (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255
  }

  /// Relative luminance, 0 … 1 (WCAG 2.1).
  private var luminance: Double {
    func linear(_ value: UInt8) -> Double {
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// 1 … 21 (WCAG 2.1): below 3 a line is hard to see, below 4.5 a text is hard to read.
  package func contrast(with other: Colour) -> Double {
    let (light, dark) = (max(luminance, other.luminance), min(luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)
  }

  /// Of the two colours of writing the one that can be read better on this ground.
  var isDark: Bool { contrast(with: .white) > contrast(with: .text) }

  func mixed(with other: Colour, share: Double) -> Colour {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * share).rounded())
    }
    return Colour(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// Reads `#0072B2`, `0072B2` or a name.
  package init?(_ text: String) {
    let text = text.lowercased()
    if let known = Colour.named[text] {
      self = known
      return
    }
    let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let value = UInt32(digits, radix: 16)
    else { return nil }
    self.init(UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255))
  }

  /// Those of the palette under their names, and a few more.
  private static let named: [String: Colour] = [
    "blue": Palette.series[0], "vermilion": Palette.series[1], "green": Palette.series[2],
    "pink": Palette.series[3], "orange": Palette.series[4], "sky": Palette.series[5],
    "gray": Palette.series[6], "grey": Palette.series[6], "black": .black, "white": .white,
    "red": Colour(200, 30, 30), "yellow": Colour(240, 228, 66), "brown": Colour(140, 86, 75),
    "purple": Colour(117, 79, 160), "navy": Colour(0, 48, 107), "teal": Colour(0, 118, 118),
    "silver": Colour(160, 160, 160),
  ]

  /// The names that colours have, the palette's own first.
  package static let names = [
    "blue", "vermilion", "green", "pink", "orange", "sky", "gray", "black", "red", "yellow",
    "brown", "purple", "navy", "teal", "silver", "white",
  ]

  static let white = Colour(255, 255, 255)
  static let black = Colour(0, 0, 0)
  static let text = Colour(34, 34, 34)
  static let axis = Colour(119, 119, 119)
  /// On cells, whose colours stay on a dark page: another one than that of text beside them.
  static let cellText = Colour(33, 33, 33)
  static let cellLine = Colour(110, 110, 110)
  /// Between cells of which many are white.
  static let cellBorder = Colour(228, 228, 228)
  static let grid = Colour(221, 221, 221)
}

/// Colours that people with any form of colour blindness can tell apart.
package enum Palette {
  /// For curves and bars: Okabe and Ito 2008, without the yellow that white paper swallows.
  static let series = [
    Colour(0, 114, 178), Colour(213, 94, 0), Colour(0, 158, 115), Colour(204, 121, 167),
    Colour(230, 159, 0), Colour(86, 180, 233), Colour(68, 68, 68),
  ]

  /// Of the curve or bar with this position. Behind the last colour they come again, darker, then
  /// paler.
  package static func colour(_ index: Int) -> Colour {
    let colour = series[index % series.count]
    return switch index / series.count % 3 {
    case 1: colour.mixed(with: .black, share: 0.4)
    case 2: colour.mixed(with: .white, share: 0.4)
    default: colour
    }
  }

  /// Of a curve's points behind its smoothed curve.
  static func pale(_ colour: Colour) -> Colour { colour.mixed(with: .white, share: 0.72) }

  /// Of a curve's single points behind its smoothed curve: as light as a line may be on white.
  package static func raw(_ colour: Colour) -> Colour {
    let shares = stride(from: 0.72, through: 0, by: -0.02)
    return shares.lazy.map { colour.mixed(with: .white, share: $0) }
      .first { $0.contrast(with: .white) >= 3 } ?? darkened(colour, to: 3)
  }

  /// Of the smoothed curve on top of them.
  package static func smoothed(_ colour: Colour) -> Colour { darkened(colour, to: 6) }

  private static func darkened(_ colour: Colour, to contrast: Double) -> Colour {
    stride(from: 0, through: 1, by: 0.02).lazy.map { colour.mixed(with: .black, share: $0) }
      .first { $0.contrast(with: .white) >= contrast } ?? .black
  }

  /// Filled circle, square, triangle up, diamond, triangle down, pentagon, then the open ones.
  static let markers = [7, 5, 9, 13, 11, 15, 6, 4, 8, 12, 10, 14]

  /// For cells, from pale to dark: ColorBrewer's Blues, which also survives a grey printer. The lowest
  /// value itself is white.
  static let ramp = [
    Colour(227, 238, 248), Colour(198, 219, 239), Colour(158, 202, 225), Colour(107, 174, 214),
    Colour(66, 146, 198), Colour(33, 113, 181), Colour(8, 81, 156), Colour(8, 48, 107),
  ]

  /// The same among a terminal's 256 colours, whose nearest ones would change the hue: 255, 153,
  /// 117, 75, 33, 26 and 18.
  static let terminalRamp = [
    Colour(238, 238, 238), Colour(175, 215, 255), Colour(135, 215, 255), Colour(95, 175, 255),
    Colour(0, 135, 255), Colour(0, 95, 215), Colour(0, 0, 135),
  ]

  /// Only the lowest value itself has the palest, so that few among none can be seen.
  static func ramp(at share: Double, _ depth: ColourDepth) -> Colour {
    guard depth == .palette256 else { return ramp(at: share) }
    return terminalRamp[Int((share * Double(terminalRamp.count - 1)).rounded(.up))]
  }

  /// For cells below and above zero: ColorBrewer's RdBu.
  static let diverging = [
    Colour(178, 24, 43), Colour(239, 138, 98), Colour(253, 219, 199), .white,
    Colour(209, 229, 240), Colour(103, 169, 207), Colour(33, 102, 172),
  ]

  /// The same among a terminal's 256 colours: 124, 173, 224, 255, 153, 75 and 25.
  static let terminalDiverging = [
    Colour(175, 0, 0), Colour(215, 135, 95), Colour(255, 215, 215), Colour(238, 238, 238),
    Colour(175, 215, 255), Colour(95, 175, 255), Colour(0, 95, 175),
  ]

  /// Only zero itself has the palest of a terminal's few.
  static func diverging(at share: Double, _ depth: ColourDepth) -> Colour {
    guard depth == .palette256 else { return mixed(diverging, at: share) }
    let middle = Double(terminalDiverging.count / 2)
    let place = (share - 0.5) * 2 * middle
    return terminalDiverging[Int(middle + place.rounded(.awayFromZero))]
  }

  /// - Parameter share: 0 … 1.
  static func ramp(at share: Double) -> Colour { share > 0 ? mixed(ramp, at: share) : .white }

  private static func mixed(_ stops: [Colour], at share: Double) -> Colour {
    let position = share * Double(stops.count - 1)
    let below = min(Int(position), stops.count - 2)
    return stops[below].mixed(with: stops[below + 1], share: position - Double(below))
  }
}
