import PlainText

/// Where gnuplot draws: the terminal in its sense of the word, with a size.
package struct Canvas: Hashable, Sendable {
  package enum Medium: String, Hashable, Sendable {
    case png
    case svg
    case pdf
    /// LaTeX's letters over lines in a PDF file.
    case tex
    case sixel
    /// Of the desktop; `WindowFrame` opens it.
    case window
  }

  package let medium: Medium
  /// In pixels: 96ths of an inch.
  package let width: Int
  package let height: Int
  package let look: Look
  /// In inches, of a medium that counts them.
  private let inches: [Double]
  private let font: String?
  /// Dots to the pixel, of a PNG.
  package let density: Double
  private let isStandalone: Bool
  private let isOfPaper: Bool

  /// - Parameter style: Whose size is not looked at, but for what is left of a pixel.
  package init(
    _ medium: Medium, width: Int, height: Int, _ style: PictureStyle? = nil, density: Double = 1
  ) {
    self.medium = medium
    self.width = width
    self.height = height
    look = style?.look ?? .screen
    font = style?.font
    self.density = medium == .png ? density : 1
    isStandalone = style?.isStandalone ?? false
    isOfPaper = style?.look == .paper || style?.width?.isOfPaper == true
    let column = look.width.map { PictureLength($0 / 96, .in) }
    inches = zip([width, height], [style?.width ?? column, style?.height]).map { pixels, length in
      guard let length, length.isOfPaper, (length.pixels - Double(pixels)).magnitude <= 0.5 else {
        return Double(pixels) / 96
      }
      return length.inches
    }
  }

  /// A part of the same picture.
  func part(width: Int, height: Int) -> Canvas {
    Canvas(of: self, width: width, height: height)
  }

  private init(of whole: Canvas, width: Int, height: Int) {
    (medium, look, font) = (whole.medium, whole.look, whole.font)
    (density, isStandalone, isOfPaper) = (whole.density, whole.isStandalone, whole.isOfPaper)
    (self.width, self.height) = (width, height)
    inches = [Double(width) / 96, Double(height) / 96]
  }

  /// gnuplot's statements that choose it; `output` is a path of our own making.
  func opening(output: String) -> [String] {
    if medium == .window { return ["set encoding utf8"] }
    let rounded = inches.map { ($0 * 1e5).rounded() / 1e5 }
    let size = "size \(dots(width)),\(dots(height))"
    let paper = "size \(rounded[0])in,\(rounded[1])in"
    let terminal =
      switch medium {
      case .png: "pngcairo noenhanced \(size)"
      case .svg: "svg noenhanced \(size) background 'white'"
      case .pdf: "pdfcairo noenhanced fontscale 0.75 \(paper)"
      case .tex: "cairolatex pdf \(isStandalone ? "standalone" : "input") colortext \(paper)"
      case .sixel: "sixelgd noenhanced truecolor \(size)"
      case .window: "unknown"
      }
    return [
      "set encoding utf8",
      "set terminal \(terminal) font '\(family),\(fontSize(body))'\(strokes)",
      "set output \(gnuplotText(output))",
    ]
  }

  private func dots(_ pixels: Int) -> Int { Int((Double(pixels) * density).rounded()) }

  /// Lines and points in the look's size, in dots.
  private var strokes: String {
    let lines = look.lines * density
    guard lines != 1, medium != .sixel else { return "" }
    let points = medium == .png ? " pointscale \(fixed(density, 3))" : ""
    return " linewidth \(fixed(lines, 3))\(points)"
  }

  /// Of letters.
  var family: String {
    switch medium {
    case .svg: font ?? Self.fontOfSVG
    case .tex: ""
    default: font ?? "Sans"
    }
  }

  /// In millimetres, of a picture whose size was told in units of paper, or that is made for it.
  var paper: [String]? {
    guard isOfPaper else { return nil }
    return inches.map { fixed($0 * 25.4, 2) }
  }

  /// What an SVG asks for, whose letters are those of whoever looks at it.
  static let fontOfSVG = "DejaVu Sans"

  var body: Double { look.body }
  var heading: Double { look.heading }
  var small: Double { look.small }
  var tiny: Double { look.tiny }

  /// By what letters are larger than on a screen, and what stands around them.
  var letters: Double { look.body / Look.screen.body }

  /// gnuplot's size of a point, which needs be told where the terminal does not scale points.
  func points(_ size: Double) -> String {
    ((size * look.points * 1000).rounded() / 1000).plainText
  }

  /// In the terminal's own unit: pixels for SVG, points for the rest.
  func fontSize(_ pixels: Double) -> String {
    fixed(medium == .svg ? pixels : pixels * 0.75 * density, 2)
  }

  func font(_ pixels: Double) -> String { "font ',\(fontSize(pixels))'" }

  /// The columns of text that fit into so many pixels, for a sans-serif's mean advance.
  static func columns(in pixels: Int, font: Double = Look.screen.body) -> Int {
    max(1, Int(Double(pixels) / (0.58 * font)))
  }

  static func pixels(for columns: Int, font: Double = Look.screen.body) -> Int {
    Int((Double(columns) * 0.58 * font).rounded(.up))
  }
}
