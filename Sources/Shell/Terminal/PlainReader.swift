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
