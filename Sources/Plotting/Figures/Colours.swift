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

  func mixed(with other: Colour, share: Double) -> Colour {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * share).rounded())
    }
    return Colour(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  static let white = Colour(255, 255, 255)
  static let black = Colour(0, 0, 0)
  static let text = Colour(34, 34, 34)
  static let axis = Colour(119, 119, 119)
  static let grid = Colour(221, 221, 221)
}

/// Colours that people with any form of colour blindness can tell apart.
enum Palette {
  /// For curves and bars: Okabe and Ito 2008, without the yellow that white paper swallows.
  static let series = [
    Colour(0, 114, 178), Colour(213, 94, 0), Colour(0, 158, 115), Colour(204, 121, 167),
    Colour(230, 159, 0), Colour(86, 180, 233), Colour(68, 68, 68),
  ]

  /// Of the curve or bar with this position.
  static func colour(_ index: Int) -> Colour { series[index % series.count] }

  /// Of a curve's points behind its smoothed curve.
  static func pale(_ colour: Colour) -> Colour { colour.mixed(with: .white, share: 0.72) }

  /// Filled circle, square, triangle up, diamond, triangle down, pentagon, then the open ones.
  static let markers = [7, 5, 9, 13, 11, 15, 6, 4, 8, 12, 10, 14]

  /// For cells, from pale to dark: ColorBrewer's Blues, which also survives a grey printer.
  static let ramp = [
    Colour(239, 245, 252), Colour(198, 219, 239), Colour(158, 202, 225), Colour(107, 174, 214),
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
    Colour(178, 24, 43), Colour(239, 138, 98), Colour(253, 219, 199), Colour(247, 247, 247),
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
  static func ramp(at share: Double) -> Colour { mixed(ramp, at: share) }

  private static func mixed(_ stops: [Colour], at share: Double) -> Colour {
    let position = share * Double(stops.count - 1)
    let below = min(Int(position), stops.count - 2)
    return stops[below].mixed(with: stops[below + 1], share: position - Double(below))
  }
}
