/// A statement with an error, read as one of Python or of a relative of C.
///
/// Here are all such forms, and what is written instead; an error elsewhere in the statement stays.
struct ForeignLine {
  /// What is no form of this language, and the one that works.
  struct Advice {
    var message: String
    /// What to write; begins a sentence.
    var hint: String
    var topic: String
    /// Where it stands in the line.
    var column: Int
    var length: Int
  }

  /// The line that the error is on.
  let line: String
  /// The statement in it.
  let text: Substring
  let isObject: (String) -> Bool
  /// Its first word, and the bytes in it: most patterns need not be tried.
  let head: String
  private let bytes: Set<UInt8>

  init(_ error: LanguageError, isObject: @escaping (String) -> Bool) {
    line = error.source.line(error.span.line)
    text = Self.statement(of: line, at: error.span.column)
    self.isObject = isObject
    head = String(text.drop(while: \.isBlank).prefix(while: \.continuesName))
    bytes = Set(text.utf8)
  }

  /// Whether one of these signs is in the statement.
  func has(_ signs: String) -> Bool { signs.utf8.contains(where: bytes.contains) }

  /// The part of a line that is one statement or the head of one block.
  private static func statement(of line: String, at column: Int) -> Substring {
    var (start, end) = (line.startIndex, line.endIndex)
    var nesting = Nesting()
    for (offset, index) in line.indices.enumerated()
    where nesting.pass(line[index]) && ";{}#".contains(line[index]) {
      if offset + 1 >= column {
        end = index
        break
      }
      start = line.index(after: index)
    }
    return line[min(start, end)..<end]
  }

  /// Longer lines are nobody's, and would take long.
  static let lengthLimit = 500

  var advice: Advice? {
    guard line.utf8.count <= Self.lengthLimit else { return nil }
    return wholeLine ?? block ?? choice ?? assignment ?? word ?? value
  }

  func advice(
    _ message: String, _ hint: String, _ topic: String, at part: Substring
  ) -> Advice {
    Advice(
      message: message, hint: hint, topic: topic,
      column: line.distance(from: line.startIndex, to: part.startIndex) + 1,
      length: max(1, part.count))
  }

  func here(_ expression: some StringProtocol) -> String {
    ForeignExpression.translated(expression, isObject: isObject) ?? "…"
  }

  // MARK: Blocks

  /// What has signs in it that end a statement here.
  private var wholeLine: Advice? {
    if let match = line.firstMatch(
      of: ForeignPattern.countedFor)
    {
      let end = Int(match.4).map { String(match.3 == "<" ? $0 - 1 : $0) }
      let values =
        end.map { "[\(match.2)..\($0)]" }
        ?? "range(\(here(match.2)), \(here(match.4))\(match.3 == "<" ? " - 1" : ""))"
      return advice(
        "'for' goes through a list", "write for \(match.1) in \(values) { … }", "for", at: match.0)
    }
    if let match = line.firstMatch(of: ForeignPattern.dictionary),
      match.1.contains(":") || match.1.allSatisfy({ "{} ".contains($0) })
    {
      return advice(
        "there are no dictionaries", "write a list, or one variable for each: let NAME = VALUE",
        "let", at: match.1.prefix(1))
    }
    if let match = line.firstMatch(of: ForeignPattern.comment) {
      return advice("'\(match.1)' begins no comment", "write # …", "language", at: match.1)
    }
    return nil
  }

  private static let headsOfBlocks: Set = [
    "for", "while", "if", "elif", "else", "elseif", "elsif", "def", "func", "fn", "try", "except",
    "catch", "finally", "rescue", "with", "class", "async", "match", "switch", "foreach",
  ]

  private var block: Advice? {
    guard Self.headsOfBlocks.contains(head) else { return nil }
    if let match = text.firstMatch(of: ForeignPattern.forIn) {
      return braces("for \(match.2) in \(here(match.3))", "for", at: match.4)
    }
    if let match = text.firstMatch(
      of: ForeignPattern.forTwo)
    {
      let list = match.4.map { here($0) } ?? "LIST"
      return advice(
        "'for' has one variable",
        "write for \(match.1) in range(0, length(\(list)) - 1) { let \(match.3) = \(list)[$\(match.1)] … }",
        "for", at: match.2)
    }
    if let match = text.firstMatch(of: ForeignPattern.whileColon) {
      return braces("while \(here(match.2))", "while", at: match.3)
    }
    if let match = text.firstMatch(of: ForeignPattern.ifColon) {
      return braces(
        (match.1 == "if" ? "if " : "} elif ") + here(match.2), "if", at: match.3)
    }
    if let match = text.firstMatch(of: ForeignPattern.elseIf) {
      return advice(
        "'\(match.1)' is one word here", "write } elif \(here(match.2)) { … }", "if", at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.elseColon) {
      return braces("else", "if", at: match.1, "if … { … } else { … }")
    }
    if let match = text.firstMatch(of: ForeignPattern.definition) {
      return advice(
        "'\(match.1)' is written 'function' here",
        "write function \(match.2)(\(match.3.trimmingPrefix(" "))) { return "
          + (match.4.map { here($0) } ?? "…") + " }", "function",
        at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.tryColon) {
      return braces("try", "try", at: match.2, "try { … } else { print $error }")
    }
    if let match = text.firstMatch(of: ForeignPattern.except) {
      return advice(
        "what follows a failure is 'else' here", "write try { … } else { print $error }", "try",
        at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.otherBlock),
      line.contains(":") || line.contains("{")
    {
      return advice(
        "there is no '\(match.1)'", "'help language' lists what there is", "language", at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.foreach) {
      return advice(
        "'foreach' is written 'for' here", "write for \(match.2) in \(here(match.3)) { … }", "for",
        at: match.1)
    }
    return nil
  }

  private func braces(
    _ head: String, _ topic: String, at colon: Substring, _ whole: String? = nil
  ) -> Advice {
    advice(
      "a block stands in '{ }', not behind ':'", "write " + (whole ?? "\(head) { … }"), topic,
      at: colon)
  }

  // MARK: Assignments

  private var assignment: Advice? {
    guard has("=+-") else { return nil }
    if let match = text.firstMatch(
      of: ForeignPattern.augmented)
    {
      let sum = here("\(match.1) \(match.2) \(match.3.isEmpty ? "1" : match.3)")
      return advice(
        "there is no '\(match.2)='", "write let \(match.1) = \(sum)", "let", at: match.2)
    }
    if let match = text.firstMatch(of: ForeignPattern.increment)
      ?? text.firstMatch(of: ForeignPattern.spacedIncrement)
    {
      return advice(
        "there is no '\(match.2)'", "write let \(match.1) = $\(match.1) \(match.2.prefix(1)) 1",
        "let", at: match.2)
    }
    if let match = text.firstMatch(
      of: ForeignPattern.declaration)
    {
      return advice(
        "'\(match.1)' is written 'let' here", "write let \(match.2) = \(here(match.3))", "let",
        at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.otherSign) {
      return advice(
        "'\(match.2)' names nothing", "write let \(match.1) = \(here(match.3))", "let", at: match.2)
    }
    if let match = text.firstMatch(of: ForeignPattern.signedName) {
      return advice(
        "a variable is named without '$'", "write let \(match.1) = \(here(match.2))", "let",
        at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.plainAssignment) {
      let line = "let \(match.1) = \(here(match.3))"
      guard Script(line, name: "").errors.isEmpty, !line.hasSuffix("…") else { return nil }
      return advice("'\(match.1) =' is not a command", "write \(line)", "let", at: match.1)
    }
    if let match = text.firstMatch(
      of: ForeignPattern.twoNames)
    {
      return advice(
        "'let' names one value",
        "write let \(match.1) = \(here(match.4)); let \(match.3) = \(here(match.5))", "let",
        at: match.2)
    }
    return nil
  }

  // MARK: Words

  private static let words: Set = [
    "pass", "continue", "del", "assert", "raise", "throw", "global", "nonlocal", "yield", "await",
  ]

  private var word: Advice? {
    guard has(".") || Self.words.contains(head) else { return nil }
    if let match = text.firstMatch(of: ForeignPattern.member) {
      let added = match.2 == ".append" ? "[\(here(match.3))]" : here(match.3)
      return advice(
        "a list has no '\(match.2)'", "write let \(match.1) = $\(match.1) + \(added)", "let",
        at: match.2)
    }
    if let match = text.firstMatch(of: ForeignPattern.pass) {
      return advice("there is no 'pass'", "a block may be empty: { }", "language", at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.continuing) {
      return advice("'continue' without a run", "in a loop, write next", "for", at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.deletion) {
      return advice("unknown command 'del'", "write drop \(match.2)", "drop", at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.assertion) {
      return advice(
        "unknown command 'assert'",
        "'expect' holds a result to a bound: expect accuracy kd above=40",
        "expect", at: match.1)
    }
    if let match = text.firstMatch(of: ForeignPattern.otherWord) {
      return advice(
        "there is no '\(match.1)'", "'help language' lists what there is", "language", at: match.1)
    }
    return nil
  }
}
