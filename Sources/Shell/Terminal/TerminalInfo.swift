import PlainText
import System

extension TerminalInfo {
  /// The columns that explanations take: longer lines are hard to read.
  var readingWidth: Int { min(92, width) }

  /// Text on its way to the stream: at a terminal its lines are broken between words, in files and
  /// pipes they stay as they are.
  func laidOut(_ text: String) -> String { isTerminal ? text.broken(toWidth: width) : text }
}
