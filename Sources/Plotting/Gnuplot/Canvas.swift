import PlainText

/// Where gnuplot draws: the terminal in its sense of the word, with a size.
package struct Canvas: Hashable, Sendable {
  package enum Medium: String, Hashable, Sendable {
    case png
    case svg
    case pdf
    case sixel
  }

  package let medium: Medium
  /// In pixels.
  package let width: Int
  package let height: Int

  package init(_ medium: Medium, width: Int, height: Int) {
    self.medium = medium
    self.width = width
    self.height = height
  }

  /// gnuplot's statements that choose it; `output` is a path of our own making.
  func opening(output: String) -> [String] {
    let size = "size \(width),\(height)"
    let terminal =
      switch medium {
      case .png: "pngcairo noenhanced \(size)"
      case .svg: "svg noenhanced \(size) background 'white'"
      case .pdf:
        "pdfcairo noenhanced fontscale 0.75 size \(Double(width) / 96)in,\(Double(height) / 96)in"
      case .sixel: "sixelgd noenhanced truecolor \(size)"
      }
    let font = "font '\(medium == .svg ? "sans-serif" : "Sans"),\(fontSize(Canvas.body))'"
    return [
      "set encoding utf8", "set terminal \(terminal) \(font)",
      "set output \(gnuplotText(output))",
    ]
  }

  static let body = 13.0
  static let heading = 16.0
  static let small = 11.0
  static let tiny = 9.0

  /// In the terminal's own unit: pixels for SVG, points for the rest.
  func fontSize(_ pixels: Double) -> String {
    fixed(medium == .svg ? pixels : pixels * 0.75, 2)
  }

  func font(_ pixels: Double) -> String { "font ',\(fontSize(pixels))'" }

  /// The columns of text that fit into so many pixels, for a sans-serif's mean advance.
  static func columns(in pixels: Int, font: Double = body) -> Int {
    max(1, Int(Double(pixels) / (0.58 * font)))
  }

  static func pixels(for columns: Int, font: Double = body) -> Int {
    Int((Double(columns) * 0.58 * font).rounded(.up))
  }
}
