import CommandLanguage
import Foundation
import PlainText

/// The program that shows long texts a screen at a time.
struct Pager {
  private let arguments: [String]

  /// `PAGER` if it is set, else less; nil if `PAGER` is empty or `cat`.
  static var chosen: Pager? { Pager(ProcessInfo.processInfo.environment["PAGER"]) }

  init?(_ setting: String?) {
    // Cut at blanks and started without a shell.
    let words = (setting ?? "less").split(separator: " ").map(String.init)
    guard let program = words.first, program != "cat" else { return nil }
    arguments = words
  }

  /// How to go on and how to leave, in less's own form: behind `?e` what stands at the end, behind the colon
  /// what stands before it.
  private static let prompt =
    "?e(end) q leaves, b goes back:SPACE goes on, b goes back, /WORD finds, q leaves."

  /// Whether a text takes more lines than the screen has, with one left for the prompt.
  static func isLong(_ text: String, width: Int, height: Int) -> Bool {
    var lines = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      lines += max(1, (columns(of: line) + width - 1) / max(1, width))
      if lines >= height { return true }
    }
    return false
  }

  /// The columns that a line takes, without the codes of its colours.
  private static func columns(of line: Substring) -> Int {
    let pieces = line.split(separator: "\u{1B}", omittingEmptySubsequences: false)
    return pieces.dropFirst().reduce(displayWidth(pieces[0])) { columns, piece in
      columns + displayWidth(piece.drop { $0 != "m" }.dropFirst())
    }
  }

  /// Shows a text until its reader has seen enough.
  ///
  /// - Returns: Whether the pager could be started.
  func show(_ text: String) -> Bool {
    // R: colours; F: ends by itself if all fits; X: leaves the text on the screen. less runs other
    // programs unless it is told not to.
    var environment = ["LESSSECURE": "1", "LESSCHARSET": "utf-8"]
    if ProcessInfo.processInfo.environment["LESS"] == nil {
      environment["LESS"] = "-FRX -Ps" + Self.prompt
    }
    switch ForegroundProgram(arguments: arguments, environment: environment).run(input: text) {
    case .notStarted, .exited(127): return false
    case .exited, .killed: return true
    }
  }
}
