import Foundation
import PlainText
import Plotting
import Sessions

/// Where figures are drawn: on a file or the terminal by one gnuplot for the session, in windows by
/// another one.
final class PictureDesk {
  private let gnuplot: Gnuplot
  let windows: FigureWindows
  /// Why the last figure that was asked for got no window; told once.
  private var toldObjection: PlotError?

  /// - Parameters:
  ///   - mayDraw: Whether gnuplot may be started.
  ///   - keepsWindows: Whether windows stay when the program has ended.
  init(mayDraw: Bool, keepsWindows: Bool) {
    gnuplot = Gnuplot(isAllowed: mayDraw)
    gnuplot.isCancelled = { Interrupt.process.isUrgent }
    windows = FigureWindows(isAllowed: mayDraw, persists: keepsWindows)
    windows.isCancelled = { Interrupt.process.isUrgent }
  }

  func close() {
    gnuplot.close()
    windows.close()
  }

  var hasGnuplot: Bool { gnuplot.isInstalled }

  /// Draws into a file.
  ///
  /// - Returns: The paths written.
  func write(
    _ figure: Figure, to path: String, style: PictureStyle? = PictureStyle()
  ) throws -> [String] {
    try gnuplot.write(figure, to: path, style: style)
  }

  /// As part of a web page, in a style.
  func vector(
    _ figure: Figure, named name: String, in style: PictureStyle?
  ) throws -> VectorPicture {
    try gnuplot.vector(figure, named: name, style: style)
  }

  /// That a font is asked for which this machine does not have; others may, of an SVG.
  static func fontNotes(_ style: PictureStyle?, in format: PictureFormat) -> [String] {
    guard let font = style?.font else { return [] }
    if format == .tex { return ["LaTeX's own font is in a .tex file: font= changes nothing"] }
    guard format != .svg, !PictureStyle.hasFont(font) else { return [] }
    return ["the font '\(font)' is not installed: another one stands in for it"]
  }

  /// Says, in a line at most, which characters of a figure a picture does not show.
  static func fontNotes(_ figure: Figure, in format: PictureFormat) -> [String] {
    let missing = figure.charactersWithoutFont(in: format)
    guard !missing.isEmpty else { return [] }
    let shown = missing.map { "\($0)" }.abridged(to: 9)
    return ["no installed font has \(shown): the picture has □ there"]
  }

  /// As part of a web page; `name` begins the picture's identifiers.
  func vector(_ figure: Figure, named name: String) throws -> VectorPicture {
    try gnuplot.vector(figure, named: name)
  }

  /// The bytes of a PNG file.
  func png(_ figure: Figure) throws -> [UInt8] { try gnuplot.png(figure) }

  /// A figure on its way to the terminal.
  struct TerminalPicture {
    var text: String
    /// Whether it consists of characters, in lines that a pager can show.
    var isOfCharacters: Bool
    var notes: [String]
  }

  /// - Parameter place: The setting `plots`.
  func terminalPicture(_ figure: Figure, _ place: PicturePlace) throws -> TerminalPicture {
    var screen = TerminalScreen.current()
    if let chosen = TerminalPictures(rawValue: place.rawValue) { screen.pictures = chosen }
    if !gnuplot.isAllowed { screen.pictures = .text }
    let isText = screen.pictures == .text
    return TerminalPicture(
      text: try gnuplot.show(figure, on: screen), isOfCharacters: isText,
      notes: isText ? [] : PictureDesk.fontNotes(figure, in: .png))
  }

  /// Draws a figure in the window of a command.
  ///
  /// - Returns: The window's number, or what is to be said of there being none; the same is said once.
  func window(_ figure: Figure, of command: String) throws(PlotError) -> (
    number: Int?, notes: [String]
  ) {
    do {
      let number = try windows.show(figure, as: command)
      toldObjection = nil
      return (number, PictureDesk.fontNotes(figure, in: .png))
    } catch .cancelled {
      throw .cancelled
    } catch .nothingToDraw {
      throw .nothingToDraw
    } catch {
      return (nil, objection(error))
    }
  }

  /// A sentence on why there is no window, unless it was the last that was said.
  func objection(_ error: PlotError) -> [String] {
    defer { toldObjection = error }
    return error == toldObjection ? [] : ["no window: \(error)"]
  }
}
