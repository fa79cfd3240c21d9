import Foundation

/// Reads statements from standard input without an editor: a pipe, or a terminal that cannot edit.
public struct PlainReader {
  /// The number of the line that comes next, from 1.
  public private(set) var line = 1

  public init() {}

  /// The next statement with its line breaks, and the line that it begins on; nil at the end.
  public mutating func read(isIncomplete: (String) -> Bool) -> (text: String, line: Int)? {
    let start = line
    var text = ""
    while let next = readLine() {
      line += 1
      text += text.isEmpty ? next : "\n" + next
      if !isIncomplete(text) { return (text, start) }
    }
    return line > start ? (text, start) : nil
  }
}

/// A line that a person types as the answer to a question of a command.
enum Answer {
  /// Nil at the end of the input and after Ctrl-C.
  static func typed() -> String? {
    Interrupt.process.endingReads {
      var bytes: [UInt8] = []
      while true {
        var byte: UInt8 = 0
        switch read(0, &byte, 1) {
        case 1 where byte == 0x0A: return String(decoding: bytes, as: UTF8.self)
        case 1: bytes.append(byte)
        case -1 where errno == EINTR && !Interrupt.process.isRequested: continue
        default: return nil
        }
      }
    }
  }
}
