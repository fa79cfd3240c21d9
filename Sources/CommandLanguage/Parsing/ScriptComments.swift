/// The comments of a script, each handed out once with the command that it stands above or behind.
public struct ScriptComments: Sendable {
  private let firstLine: Int
  private let lastLine: Int
  /// Lines that are no comments.
  private let occupied: Set<Int>
  /// Of these, `version`, `let` and heads of blocks: comments above them belong to what follows.
  private let passages: Set<Int>
  private var texts: [Int: String]
  /// Lines that were looked at, so that a loop repeats no blanks.
  private var passed: Set<Int> = []

  init(tokens: [Token], occupied: Set<Int>, texts: [Int: String], firstLine: Int) {
    let words = tokens.filter { $0.kind != .terminator && $0.kind != .end }
    let wordsByLine = Dictionary(grouping: words, by: \.span.line)
    self.firstLine = firstLine
    self.texts = texts
    self.occupied = occupied
    passages = occupied.filter { Self.isPassage(wordsByLine[$0] ?? []) }
    lastLine = max(occupied.max() ?? firstLine, texts.keys.max() ?? firstLine)
  }

  private static func isPassage(_ line: [Token]) -> Bool {
    if case .closing = line.first?.kind { return false }
    return line.last?.kind == .opening(.brace) || ["version", "let"].contains(line.first?.word)
  }

  /// The comments of the command that begins on a line: the lines above it, from `#` on or empty,
  /// and what stands behind it.
  public mutating func take(at line: Int) -> (above: [String], behind: String?) {
    var above: [String] = []
    var current = line - 1
    while current >= firstLine, !occupied.contains(current) || passages.contains(current),
      passed.insert(current).inserted
    {
      if !occupied.contains(current) {
        let text = texts.removeValue(forKey: current) ?? ""
        if !(text.isEmpty && above.last == "") { above.append(text) }
      }
      current -= 1
    }
    if above.allSatisfy(\.isEmpty) { above = [] }
    if above.first == "", above.count > 1, occupied.contains(line - 1) { above.removeFirst() }
    return (above.reversed(), texts.removeValue(forKey: line))
  }

  /// The comments after the last command.
  public mutating func takeRest() -> [String] {
    let start = (occupied.max() ?? firstLine - 1) + 1
    guard start <= lastLine else { return [] }
    let rest = (start...lastLine).map { texts.removeValue(forKey: $0) ?? "" }
    return rest.allSatisfy(\.isEmpty) ? [] : rest
  }
}
