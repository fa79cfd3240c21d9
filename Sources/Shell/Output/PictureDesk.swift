import Foundation
import PlainText
import Plotting

/// Where figures are drawn: one gnuplot for the session, on a file or the terminal.
final class PictureDesk {
  private let gnuplot: Gnuplot

  /// - Parameter mayDraw: Whether gnuplot may be started.
  init(mayDraw: Bool) {
    gnuplot = Gnuplot(isAllowed: mayDraw)
    gnuplot.isCancelled = { Interrupt.process.isUrgent }
  }

  var hasGnuplot: Bool { gnuplot.isInstalled }

  /// Draws into a file.
  ///
  /// - Returns: The paths written.
  func write(_ figure: Figure, to path: String) throws -> [String] {
    try gnuplot.write(figure, to: path)
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

  /// - Parameter mode: The setting `plots`.
  func terminalPicture(_ figure: Figure, mode: String) throws -> TerminalPicture {
    var screen = TerminalScreen.current()
    if let chosen = TerminalPictures(rawValue: mode) { screen.pictures = chosen }
    if !gnuplot.isAllowed { screen.pictures = .text }
    let isText = screen.pictures == .text
    return TerminalPicture(
      text: try gnuplot.show(figure, on: screen), isOfCharacters: isText,
      notes: isText ? [] : PictureDesk.fontNotes(figure, in: .png))
  }
}
