import CommandLanguage
import Foundation
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
    let shown = missing.prefix(8).map { "\($0)" }.joined(separator: " ")
    let more = missing.count > 8 ? " and \(missing.count - 8) more" : ""
    return ["no installed font has \(shown)\(more): the picture has □ there"]
  }

  /// As part of a web page; `name` begins the picture's identifiers.
  func vector(_ figure: Figure, named name: String) throws -> VectorPicture {
    try gnuplot.vector(figure, named: name)
  }

  /// The bytes of a PNG file.
  func png(_ figure: Figure) throws -> [UInt8] { try gnuplot.png(figure) }

  /// What to print so that the terminal shows the figure.
  ///
  /// - Parameter mode: The setting `plots`.
  func terminalText(_ figure: Figure, mode: String) throws -> String {
    var screen = TerminalScreen.current()
    if let chosen = TerminalPictures(rawValue: mode) { screen.pictures = chosen }
    if !gnuplot.isAllowed { screen.pictures = .text }
    let notes = screen.pictures == .text ? [] : PictureDesk.fontNotes(figure, in: .png)
    return try gnuplot.show(figure, on: screen) + notes.map { $0 + "\n" }.joined()
  }
}
