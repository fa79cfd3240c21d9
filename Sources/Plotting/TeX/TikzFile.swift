import PlainText

/// A figure as LaTeX code for the package pgfplots, with its numbers in it: whoever writes a paper can
/// change everything there. It needs no gnuplot.
struct TikzFile {
  let code: String

  /// Images have no form in it, nor has a legend that stands alone.
  static func canDraw(_ figure: Figure) -> Bool {
    switch figure {
    case .images: false
    case .bars, .lines, .heatMap: true
    case .points(let scatter): scatter.legend != .alone
    case .panels(let panels): panels.rows.joined().allSatisfy { canDraw($0.figure) }
    }
  }

  /// - Throws: `notInTikz`, `nothingToDraw`, `sizeOutOfRange`.
  init(_ figure: Figure, _ style: PictureStyle) throws(PlotError) {
    if figure.isEmpty { throw .nothingToDraw }
    guard Self.canDraw(figure) else { throw .notInTikz }
    let kept = style.arranged(figure)
    let natural = try kept.naturalSize()
    let size = try style.size(of: kept) ?? natural
    var lines = [
      "% Needs \\usepackage{pgfplots} and \\pgfplotsset{compat=1.14} or later before the document."
    ]
    if style.isStandalone {
      lines += [
        "\\RequirePackage{fix-cm}", "\\documentclass{article}", "\\usepackage{pgfplots}",
        "\\pgfplotsset{compat=1.14}",
        "\\usepackage[paperwidth=\\the\\dimexpr\(Self.points(size.width))\\relax,"
          + "paperheight=\\the\\dimexpr\(Self.points(size.height))\\relax,margin=0pt]{geometry}",
        "\\pagestyle{empty}", "\\parindent0pt", "\\topskip0pt", "\\begin{document}%",
      ]
    }
    lines += Self.pictures(of: kept, size, style)
    if style.isStandalone { lines.append("\\end{document}") }
    code = lines.joined(separator: "\n") + "\n"
  }

  private static func pictures(
    of figure: Figure, _ size: PictureSize, _ style: PictureStyle
  ) -> [String] {
    guard case .panels(let panels) = figure else {
      return TikzPicture(figure, width: size.width, height: size.height, style.look).lines
    }
    var lines = panels.title.map { ["\\centerline{\($0.asTeX)}%"] } ?? []
    var top: Int?
    for place in panels.places(in: size, style.look) where !place.figure.isEmpty {
      if let last = top, place.top != last { lines.append("\\par") }
      top = place.top
      lines +=
        TikzPicture(
          place.figure, width: place.width, height: place.height, style.look
        ).lines
    }
    return lines
  }

  /// TeX's own point is a 72.27th of an inch.
  static func points(_ pixels: Int) -> String { fixed(Double(pixels) / 96 * 72.27, 2) + "pt" }
}
