import CEditLine
import CommandLanguage
import Foundation
import PlainText
import System

extension LineEditor {
  /// The line, and how many of its Unicode scalars stand before the cursor.
  var line: (text: String, cursor: Int) {
    guard let info = el_line(editor.pointee.line)?.pointee, let start = info.buffer,
      let cursor = info.cursor, let end = info.lastchar
    else { return ("", 0) }
    func text(_ end: UnsafePointer<CChar>) -> String {
      String(
        decoding: UnsafeBufferPointer(start: start, count: end - start).map {
          UInt8(bitPattern: $0)
        }, as: UTF8.self)
    }
    return (text(end), text(cursor).unicodeScalars.count)
  }

  /// Puts `text` in place of the whole line, with the cursor at its end.
  func replaceLine(with text: String) {
    let (old, cursor) = line
    let length = old.unicodeScalars.count
    el_cursor(editor.pointee.line, Int32(length - cursor))
    el_deletestr(editor.pointee.line, Int32(length))
    insert(text)
  }

  func insert(_ text: String) {
    guard !text.isEmpty else { return }
    el_insertstr(editor.pointee.line, text)
  }

  /// Goes to the next earlier or later entry that begins as what was typed.
  func recallEntry(_ direction: Int) -> UInt8 {
    let (text, cursor) = line
    let isRecalled = recall?.shown == text && cursor == text.unicodeScalars.count
    if !isRecalled, moveLine(direction) { return UInt8(CC_REFRESH) }
    var current = recall ?? (index: entries.count, start: text, shown: text)
    if current.shown != text { current = (index: entries.count, start: text, shown: text) }
    var index = current.index + direction
    while entries.indices.contains(index) {
      if entries[index].hasPrefix(current.start), entries[index] != text {
        recall = (index, current.start, entries[index])
        replaceLine(with: entries[index])
        return UInt8(CC_REFRESH)
      }
      index += direction
    }
    guard direction > 0, current.index < entries.count else { return UInt8(CC_ERROR) }
    recall = nil
    replaceLine(with: current.start)
    return UInt8(CC_REFRESH)
  }

  /// Ctrl-R: narrows the history by what is typed; Enter or an arrow takes the entry into the line, Ctrl-R
  /// goes to an earlier one, Escape, Ctrl-G and Ctrl-C give up.
  func searchHistory() -> UInt8 {
    let original = line.text
    var pattern = ""
    var index = entries.count
    var found = original
    func search(below limit: Int) {
      var candidate = limit - 1
      while candidate >= 0 {
        if entries[candidate].localizedStandardContains(pattern) { break }
        candidate -= 1
      }
      if candidate >= 0 { (index, found) = (candidate, entries[candidate]) }
    }
    draw(pattern, found)
    while true {
      var key: wchar_t = 0
      guard el_wgetc(editor.pointee.line, &key) == 1 else { break }
      switch key {
      case 0x12:
        if !pattern.isEmpty { search(below: index) }
      case 0x7F, 0x08:
        pattern = String(pattern.dropLast())
        index = entries.count
        found = original
        if !pattern.isEmpty { search(below: entries.count) }
      case 0x0D, 0x0A, 0x05:
        return endSearch(found)
      case 0x1B where skipSequence():
        return endSearch(found)
      case 0x00..<0x20:
        return endSearch(original)
      default:
        guard let scalar = Unicode.Scalar(UInt32(bitPattern: key)) else { continue }
        pattern.unicodeScalars.append(scalar)
        search(below: min(entries.count, index + 1))
      }
      draw(pattern, found)
    }
    return endSearch(original)
  }

  /// After an Escape: whether it begins the sequence of a key such as an arrow, which is then read
  /// to its end.
  private func skipSequence() -> Bool {
    var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, 20) == 1 else { return false }
    var key: wchar_t = 0
    guard el_wgetc(editor.pointee.line, &key) == 1, key == 0x5B || key == 0x4F else { return true }
    while el_wgetc(editor.pointee.line, &key) == 1, !(0x40...0x7E).contains(key) {}
    return true
  }

  private func draw(_ pattern: String, _ found: String) {
    let shown = found.replacing("\n", with: " ⏎ ")
    let width = TerminalInfo.output.width
    write("\r\u{1B}[J" + "search '\(pattern)': \(shown)".fitted(to: width - 1))
  }

  private func endSearch(_ text: String) -> UInt8 {
    write("\r\u{1B}[J")
    replaceLine(with: text)
    return UInt8(CC_REDISPLAY)
  }
}
