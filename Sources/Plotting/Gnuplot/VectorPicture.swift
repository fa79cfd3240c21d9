import PlainText

/// A figure as an `svg` element that stands inside a web page and follows its colours.
public struct VectorPicture: Hashable, Sendable {
  /// The element, without anything that a browser would fetch or run.
  public let element: String
  /// Whether `darkRules` may colour it for a dark page. Images and maps of points have colours that
  /// mean something: they keep their white ground. So do cells, but not the texts around them.
  public let adapts: Bool

  /// - Parameters:
  ///   - file: What gnuplot wrote: a whole SVG file.
  ///   - name: Begins the identifiers in it, so that no two pictures of one page share any.
  init(file: String, of figure: Figure, named name: String) {
    adapts = figure.adapts
    let start = file.firstRange(of: "<svg")?.lowerBound ?? file.startIndex
    let title = (figure.title ?? "").withoutControls.escapedForMarkup
    var text = String(file[start...])
    if let desc = text.firstRange(of: "<desc>"), let end = text.firstRange(of: "</desc>"),
      desc.upperBound <= end.lowerBound
    {
      text.removeSubrange(desc.lowerBound..<end.upperBound)
    }
    for mark in ["id='", "id=\"", "href='#", "href=\"#", "url(#"] {
      text = text.replacing(mark, with: mark + name + "-")
    }
    element = text.replacing(
      "<svg", with: "<svg role=\"img\" aria-label=\"\(title)\"", maxReplacements: 1)
  }

  /// Style rules that turn a figure that `adapts`, inside an element of class `adapts`, into one
  /// for a dark ground: the colours of text, axes, grid and pale curves by the values they have in
  /// the picture.
  public static let darkRules: String = {
    let ink = Colour(226, 226, 226)
    let ground = Colour(27, 30, 35)
    var rules = [
      ".adapts rect[fill=\"#ffffff\"] { fill: none }",
      // gnuplot wipes a disc of the ground behind each error bar.
      ".adapts use[color=\"#FFFFFF\"] { display: none }",
    ]
    func turn(_ from: Colour, to: Colour) {
      for property in ["fill", "stroke", "color"] {
        let values = [from.tight, from.spaced, from.aligned].map {
          ".adapts [\(property)=\"\($0)\"]"
        }
        rules.append("\(values.joined(separator: ", ")) { \(property): \(to.hex) }")
      }
    }
    turn(.text, to: ink)
    turn(.axis, to: Colour(150, 154, 160))
    turn(.grid, to: Colour(60, 64, 72))
    for colour in Palette.series {
      turn(Palette.pale(colour), to: colour.mixed(with: ground, share: 0.6))
      turn(Palette.raw(colour), to: colour.mixed(with: ground, share: 0.35))
      turn(Palette.smoothed(colour), to: colour.mixed(with: .white, share: 0.3))
    }
    if let last = Palette.series.last { turn(last, to: Colour(190, 190, 190)) }
    return rules.joined(separator: "\n")
  }()
}

extension Gnuplot {
  /// - Parameter name: Letters and digits; begins the identifiers in the picture.
  public func vector(
    _ figure: Figure, named name: String, style: PictureStyle? = nil
  ) throws(PlotError) -> VectorPicture {
    let file = try bytes(of: figure, .svg, size: nil, style: style)
    return VectorPicture(file: String(decoding: file, as: UTF8.self), of: figure, named: name)
  }

  /// The bytes of a PNG file.
  public func png(_ figure: Figure) throws(PlotError) -> [UInt8] {
    try bytes(of: figure, .png, size: nil)
  }
}

extension Figure {
  fileprivate var adapts: Bool {
    switch self {
    case .lines, .bars, .heatMap: true
    case .images, .points: false
    case .panels(let panels): panels.rows.joined().allSatisfy(\.figure.adapts)
    }
  }
}

extension Colour {
  /// The three ways in which gnuplot writes colours into an SVG file.
  fileprivate var tight: String { "rgb(\(red),\(green),\(blue))" }
  fileprivate var spaced: String { "rgb(\(red), \(green), \(blue))" }
  fileprivate var aligned: String {
    "rgb(" + [red, green, blue].map { String($0).indented(to: 3) }.joined(separator: ", ") + ")"
  }
}
