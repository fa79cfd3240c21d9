/// The comments of a script, each handed out once with the command that it stands above or behind.
public struct ScriptComments: Sendable {
  /// Lines that are no comments.
  enum Line: Hashable, Sendable {
    /// A command, or the end of a block.
    case statement
    /// `version`, `let` or the head of a block: comments above it belong to what follows.
    case passage
  }

  private let firstLine: Int
  private let lastLine: Int
  private let lines: [Int: Line]
  private var texts: [Int: String]
  /// Lines that were looked at, so that a loop repeats no blanks.
  private var passed: Set<Int> = []

  init(tokens: [Token], occupied: Set<Int>, texts: [Int: String], firstLine: Int) {
    self.firstLine = firstLine
    self.texts = texts
    var tokensByLine: [Int: (first: Token.Kind, last: Token.Kind)] = [:]
    for token in tokens where token.kind != .terminator && token.kind != .end {
      let line = token.span.line
      tokensByLine[line] = (tokensByLine[line]?.first ?? token.kind, token.kind)
    }
    var lines: [Int: Line] = [:]
    for line in occupied {
      let isPassage = tokensByLine[line].map { Self.isPassage($0.first, $0.last) } ?? false
      lines[line] = isPassage ? .passage : .statement
    }
    self.lines = lines
    lastLine = max(lines.keys.max() ?? firstLine, texts.keys.max() ?? firstLine)
  }

  private static func isPassage(_ first: Token.Kind, _ last: Token.Kind) -> Bool {
    if case .closing = first { return false }
    if last == .opening(.brace) { return true }
    guard case .text(let text) = first else { return false }
    return text.plainWord == "version" || text.plainWord == "let"
  }

  /// The comments of the command that begins on a line: the lines above it, from `#` on or empty,
  /// and what stands behind it.
  public mutating func take(at line: Int) -> (above: [String], behind: String?) {
    var above: [String] = []
    var current = line - 1
    while current >= firstLine, lines[current] != .statement, passed.insert(current).inserted {
      if lines[current] == nil {
        let text = texts.removeValue(forKey: current) ?? ""
        if !(text.isEmpty && above.last == "") { above.append(text) }
      }
      current -= 1
    }
    if above.allSatisfy(\.isEmpty) { above = [] }
    if above.first == "", above.count > 1, lines[line - 1] != nil { above.removeFirst() }
    return (above.reversed(), texts.removeValue(forKey: line))
  }

  /// The comments after the last command.
  public mutating func takeRest() -> [String] {
    let start = (lines.keys.max() ?? firstLine - 1) + 1
    guard start <= lastLine else { return [] }
    let rest = (start...lastLine).map { texts.removeValue(forKey: $0) ?? "" }
    return rest.allSatisfy(\.isEmpty) ? [] : rest
  }
}
