import CEditLine
import Foundation

/// Statements of several lines, which are one text to edit.
extension LineEditor {
  /// What Enter puts in libedit's input when a statement is whole; no terminal has such a key.
  static let acceptKey = "\u{1B}[909~"

  /// Enter: takes the statement, or begins another line while something is open.
  func enter() -> UInt8 {
    if isIncomplete(withoutPrompts(line.text)) { return split() }
    el_push(editor.pointee.line, Self.acceptKey)
    return UInt8(CC_NORM)
  }

  /// Alt-Enter: begins another line.
  func split() -> UInt8 {
    insert("\n")
    return UInt8(CC_REFRESH)
  }

  /// Goes to the line above or below, to the same column or the line's end; false if there is none.
  func moveLine(_ direction: Int) -> Bool {
    let (text, cursor) = line
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map(\.count)
    var start = 0
    var row = 0
    while row + 1 < lines.count, start + lines[row] < cursor {
      start += lines[row] + 1
      row += 1
    }
    let target = row + direction
    guard lines.indices.contains(target) else { return false }
    let beginning = lines[..<target].reduce(0) { $0 + $1 + 1 }
    let place = beginning + min(cursor - start, lines[target])
    el_cursor(editor.pointee.line, Int32(place - cursor))
    return true
  }
}
