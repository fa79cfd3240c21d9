import CommandLanguage
import Foundation
import PlainText
import System

/// The program's own outputs.
enum StandardStreams {
  private static let hasPlainOutput = isPlain(TerminalInfo.output)
  private static let hasPlainMessages = isPlain(TerminalInfo.messages)

  private static func isPlain(_ terminal: TerminalInfo) -> Bool {
    terminal.isTerminal && !terminal.showsUnicode
  }

  /// Writes to standard output, as it is: `ShellContext.say` lets no controls pass.
  ///
  /// When its reader went away, as `head` does, the program ends as any filter does: by SIGPIPE.
  static func show(_ text: String) throws {
    do throws(TextFile.Failure) {
      try TextFile.write(
        hasPlainOutput ? text.withPlainSigns : text, to: 1, named: "standard output")
    } catch {
      if error.code == EPIPE {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
      }
      throw error
    }
  }

  /// Writes to standard error; where that cannot be written to, nobody is there to be told.
  static func tell(_ text: String) { draw(text.forTerminal) }

  /// The same for a line that is redrawn, which needs control sequences; its words have none.
  static func draw(_ text: String) {
    try? TextFile.write(
      hasPlainMessages ? text.withPlainSigns : text, to: 2, named: "standard error")
  }
}

extension String {
  /// With letters in place of the signs that the program's own texts use, for terminals whose
  /// locale is not UTF-8; names from files stay as they are.
  package var withPlainSigns: String {
    utf8.allSatisfy { $0 < 0x80 } ? self : String(flatMap { Self.plainSigns[$0] ?? String($0) })
  }

  private static let plainSigns: [Character: String] = [
    "…": "...", "×": "x", "·": "*", "−": "-", "–": "-", "²": "^2", "‖": "||", "λ": "lambda",
    "§": "section ", "°": " degrees", "⏎": "\\n", "→": "->", "≤": "<=", "≥": ">=",
  ]
}

extension TerminalInfo {
  /// The columns that explanations take: longer lines are hard to read.
  var readingWidth: Int { min(92, width) }

  /// Text on its way to the stream: at a terminal its lines are broken between words, in files and
  /// pipes they stay as they are.
  func laidOut(_ text: String) -> String { isTerminal ? text.broken(toWidth: width) : text }
}
