/// Cuts a source into tokens; what it cannot read becomes an error and is skipped.
struct Lexer {
  private let source: Source
  private let characters: [Character]
  private var offset = 0
  private var line: Int
  private var column = 1
  private var open: [Bracket] = []
  /// After `if` and `elif`, up to the block: there `==` and `!=` end a word.
  private var isInCondition = false
  private var tokenEnd = 0

  private(set) var tokens: [Token] = []
  private(set) var errors: [LanguageError] = []
  private(set) var isIncomplete = false
  /// From `#` on, by line.
  private(set) var comments: [Int: String] = [:]
  /// Lines on which words or signs stand.
  private(set) var occupied: Set<Int> = []

  init(_ source: Source) {
    self.source = source
    characters = Array(source.text)
    line = source.firstLine
  }

  mutating func scan() {
    while let character = peek() {
      if character.isBlank || skipContinuation() {
        if character.isBlank { advance() }
      } else if character.endsLine {
        scanLineEnd()
      } else if character == "#" {
        scanComment()
      } else {
        scanToken(character)
      }
    }
    append(.terminator, from: mark)
    append(.end, from: mark)
  }

  private mutating func scanComment() {
    var text = ""
    while let next = peek(), !next.endsLine {
      text.append(next)
      advance()
    }
    comments[line] = text
  }

  private mutating func scanToken(_ first: Character) {
    let start = mark
    if let bracket = Bracket(rawValue: first) {
      advance()
      open.append(bracket)
      if bracket == .brace { isInCondition = false }
      return append(.opening(bracket), from: start)
    }
    if let bracket = [Bracket.square, .round, .brace].first(where: { $0.closing == first }) {
      advance()
      if let index = open.lastIndex(of: bracket) { open.removeSubrange(index...) }
      return append(.closing(bracket), from: start)
    }
    switch first {
    case ";":
      advance()
      isInCondition = false
      append(.terminator, from: start)
    case ",":
      advance()
      append(.comma, from: start)
    case "'": scanSingleQuoted()
    case "\"": scanDoubleQuoted()
    case ">", "<", "=", "!":
      if !scanSign(first) { scanWord() }
    case "\\" where !continuesWord(first):
      advance()
      report(.strayBackslash, from: start)
    default: scanWord()
    }
  }

  private mutating func scanLineEnd() {
    let start = mark
    advance()
    if open.last == nil || open.last == .brace {
      isInCondition = false
      append(.terminator, from: start)
    }
  }

  /// Comparison and output signs; false when the character begins a word.
  private mutating func scanSign(_ first: Character) -> Bool {
    let start = mark
    let second = peek(1)
    if second == "=", let comparison = Comparison(rawValue: "\(first)=") {
      advance(2)
      append(.comparison(comparison), from: start)
    } else if first == ">" {
      advance(second == ">" ? 2 : 1)
      append(.output(appends: second == ">"), from: start)
    } else if first == "<" {
      advance()
      append(.comparison(.less), from: start)
    } else if first == "=" {
      advance()
      append(.equals, from: start)
    } else {
      return false
    }
    return true
  }

  // MARK: Words

  private mutating func scanWord() {
    let start = mark
    if let key = keyAhead() {
      advance(key.count)
      append(.key(key), from: start)
      advance()
      tokenEnd = offset
      return
    }
    var pieces: [TextExpression.Piece] = []
    var literal = ""
    while let character = peek(), continuesWord(character) {
      if character == "$", let reference = scanReference() {
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ""
        if !reference.value.isEmpty { pieces.append(.reference(reference)) }
      } else {
        let place = mark
        literal.append(character)
        advance()
        if !character.standsAlone { report(.strayMark, from: place) }
      }
    }
    if !literal.isEmpty || pieces.isEmpty { pieces.append(.literal(literal)) }
    let beginsStatement =
      switch tokens.last?.kind {
      case nil, .terminator, .opening(.brace), .closing(.brace): true
      default: false
      }
    append(.text(TextExpression(quoting: .bare, pieces: pieces)), from: start)
    if beginsStatement, literal == "if" || literal == "elif" { isInCondition = true }
  }

  private func continuesWord(_ character: Character) -> Bool {
    if Self.endsWord(character) { return false }
    if character == "\\" {
      var ahead = 1
      while peek(ahead) == "\\" { ahead += 1 }
      guard let next = peek(ahead), !Self.endsWord(next), !isComparison(ahead) else { return false }
    }
    if isComparison(0) { return false }
    return true
  }

  /// Whether `==` or `!=` stands there in a condition.
  private func isComparison(_ ahead: Int) -> Bool {
    isInCondition && (peek(ahead) == "=" || peek(ahead) == "!") && peek(ahead + 1) == "="
  }

  private static func endsWord(_ character: Character) -> Bool {
    character.isBlank || character.endsLine || "[](){},;'\"<>".contains(character)
  }

  /// The option's name when a single `=` follows it directly.
  private func keyAhead() -> String? {
    guard let first = peek(), first.beginsName else { return nil }
    var key = ""
    while let character = peek(key.count), character.continuesName || character == "-" {
      key.append(character)
    }
    return peek(key.count) == "=" && peek(key.count + 1) != "=" ? key : nil
  }

  /// Reads `$name` or `${name}`; nil, and nothing read, when the sign stands for itself.
  private mutating func scanReference() -> Located<String>? {
    let start = mark
    let isBraced = peek(1) == "{"
    let skip = isBraced ? 2 : 1
    var name = ""
    while let character = peek(skip + name.count),
      name.isEmpty ? character.beginsName : character.continuesName || isBraced && character == "-"
    {
      name.append(character)
    }
    if name.isEmpty || isBraced && peek(skip + name.count) != "}" {
      if isBraced {
        advance(skip + name.count)
        report(.invalidReference, from: start)
        return Located("", at: span(from: start))
      }
      return nil
    }
    advance(skip + name.count + (isBraced ? 1 : 0))
    return Located(name, at: span(from: start))
  }

  // MARK: Quoted texts

  private mutating func scanSingleQuoted() {
    let start = mark
    advance()
    var text = ""
    while let character = peek() {
      if character == "'" {
        guard peek(1) == "'" else { break }
        advance()
      }
      text.append(character)
      advance()
    }
    close("'", from: start)
    append(.text(TextExpression(quoting: .single, pieces: [.literal(text)])), from: start)
  }

  private mutating func scanDoubleQuoted() {
    let start = mark
    advance()
    var pieces: [TextExpression.Piece] = []
    var literal = ""
    while let character = peek(), character != "\"" {
      if character == "\\" {
        literal += scanEscape()
      } else if character == "$", let reference = scanReference() {
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ""
        if !reference.value.isEmpty { pieces.append(.reference(reference)) }
      } else {
        literal.append(character)
        advance()
      }
    }
    if !literal.isEmpty || pieces.isEmpty { pieces.append(.literal(literal)) }
    close("\"", from: start)
    append(.text(TextExpression(quoting: .double, pieces: pieces)), from: start)
  }

  private mutating func close(_ quote: Character, from start: Mark) {
    if peek() == quote {
      advance()
    } else {
      isIncomplete = true
      errors.append(
        LanguageError(
          .unterminatedText(quote: quote),
          at: Span(line: start.line, column: start.column, length: 1), in: source))
    }
  }

  private mutating func scanEscape() -> String {
    let start = mark
    advance()
    guard let character = peek() else { return "" }
    let simple: [Character: String] = [
      "n": "\n", "t": "\t", "\"": "\"", "\\": "\\", "$": "$", "\n": "", "\r\n": "",
    ]
    advance()
    if let text = simple[character] { return text }
    if character == "u", peek() == "{" {
      var digits = ""
      while let digit = peek(1 + digits.count), digit.isHexDigit, digits.count < 8 {
        digits.append(digit)
      }
      if peek(1 + digits.count) == "}", let code = UInt32(digits, radix: 16),
        let scalar = Unicode.Scalar(code)
      {
        advance(digits.count + 2)
        return String(scalar)
      }
    }
    report(.invalidEscape(String(character)), from: start)
    return ""
  }

  // MARK: Characters

  private struct Mark {
    var offset: Int
    var line: Int
    var column: Int
  }

  private var mark: Mark { Mark(offset: offset, line: line, column: column) }

  private func peek(_ ahead: Int = 0) -> Character? {
    offset + ahead < characters.count ? characters[offset + ahead] : nil
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where offset < characters.count {
      if characters[offset].endsLine {
        line += 1
        column = 1
      } else {
        column += 1
      }
      offset += 1
    }
  }

  /// Skips a `\` at the end of a line, or at the end of the source, which is then incomplete.
  private mutating func skipContinuation() -> Bool {
    guard peek() == "\\", peek(1)?.endsLine ?? true else { return false }
    if peek(1) == nil { isIncomplete = true }
    advance(2)
    return true
  }

  private func span(from start: Mark) -> Span {
    var length = 0
    for index in start.offset..<offset {
      if characters[index].endsLine { break }
      length += 1
    }
    return Span(line: start.line, column: start.column, length: max(1, length))
  }

  private mutating func append(_ kind: Token.Kind, from start: Mark) {
    if kind != .terminator, kind != .end { occupied.formUnion(start.line...line) }
    let isJoined = start.offset == tokenEnd && start.offset > 0
    tokens.append(Token(kind: kind, span: span(from: start), isJoined: isJoined))
    tokenEnd = offset
  }

  private mutating func report(_ fact: LanguageError.Fact, from start: Mark) {
    errors.append(LanguageError(fact, at: span(from: start), in: source))
  }
}
