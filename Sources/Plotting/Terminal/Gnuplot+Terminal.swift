import Foundation

extension Figure {
  /// With fewer images to the row where captions would else be cut on a narrow screen.
  fileprivate func fitting(_ screen: TerminalScreen) -> Figure {
    guard case .images(var grid) = self, grid.hasCaptions, screen.pictures != .text,
      let natural = try? GridGeometry(grid, within: nil)
    else { return self }
    let fitting = (screen.pictureBox.width - natural.gap) / (natural.tileWidth + natural.gap)
    grid.perRow = max(1, min(grid.perRow, fitting))
    return .images(grid)
  }
}

extension Figure {
  /// As characters, with the screen's colours, ending in a line end.
  public func text(on screen: TerminalScreen) -> String {
    characters(on: screen).text(screen.colours)
  }
}

extension Gnuplot {
  /// A figure as what the terminal is to be sent, ending in a line end.
  ///
  /// As text it needs no gnuplot.
  public func show(_ figure: Figure, on screen: TerminalScreen) throws(PlotError) -> String {
    if figure.isEmpty { throw .nothingToDraw }
    let figure = figure.fitting(screen)
    switch screen.pictures {
    case .text: return figure.text(on: screen)
    case .sixel:
      let bytes = try bytes(of: figure, .sixel, size: try size(of: figure, on: screen))
      return String(decoding: bytes, as: UTF8.self) + "\n"
    case .kitty:
      return Gnuplot.kitty(png: try bytes(of: figure, .png, size: try size(of: figure, on: screen)))
    }
  }

  /// Never wider than the screen nor larger than needed.
  private func size(
    of figure: Figure, on screen: TerminalScreen
  ) throws(PlotError) -> PictureSize {
    let (box, natural) = (screen.pictureBox, try figure.naturalSize())
    // Curves and small matrices fit the screen's height; the rest may be scrolled.
    let mayScroll =
      switch figure {
      case .images, .bars, .panels: true
      case .lines, .points: false
      case .heatMap: natural.height > 600
      }
    return PictureSize(
      width: min(natural.width, box.width),
      height: mayScroll ? natural.height : min(natural.height, max(box.height, 300)))
  }

  /// The picture in base64, in pieces of at most 4096 characters (kitty graphics protocol, direct
  /// transmission of PNG).
  package static func kitty(png: [UInt8]) -> String {
    let code = Array(Data(png).base64EncodedString().utf8)
    var result = ""
    for start in stride(from: 0, to: code.count, by: 4096) {
      let piece = String(decoding: code[start..<min(start + 4096, code.count)], as: UTF8.self)
      let isLast = start + 4096 >= code.count
      let keys = start == 0 ? "a=T,f=100,q=2,m=" : "m="
      result += "\u{1B}_G\(keys)\(isLast ? 0 : 1);\(piece)\u{1B}\\"
    }
    return result + "\n"
  }
}
