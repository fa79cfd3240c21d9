/// Cuts a source into tokens; what it cannot read becomes an error and is skipped.
struct Lexer {
  private let source: Source
  private let characters: [Character]
  private var mark: Mark
  private var open: [Bracket] = []
  /// After `if` and `elif`, up to the block, and after `where`: there `==` and `!=` end a word.
  private var isInCondition = false
  /// The first word of the statement.
  private var verb = ""
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
    mark = Mark(offset: 0, line: source.firstLine, column: 1)
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
    let text = characters[mark.offset...].prefix { !$0.endsLine }
    advance(text.count)
    comments[mark.line] = String(text)
  }

  private mutating func scanToken(_ first: Character) {
    let start = mark
    if let bracket = Bracket(rawValue: first) {
      advance()
      open.append(bracket)
      if bracket == .brace { isInCondition = false }
      return append(.opening(bracket), from: start)
    }
    if let bracket = Bracket.allCases.first(where: { $0.closing == first }) {
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
    case "'", "\"": scanQuoted(first)
    case ">", "<", "=", "!":
      if !scanSign() { scanWord() }
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

  /// Comparison and output signs, the longest first.
  private static let signs: [(text: String, kind: Token.Kind)] = [
    ("==", .comparison(.equal)), ("!=", .comparison(.unequal)), ("<=", .comparison(.atMost)),
    (">=", .comparison(.atLeast)), (">>", .output(appends: true)), (">", .output(appends: false)),
    ("<", .comparison(.less)), ("=", .equals),
  ]

  /// Reads a sign; false when the character begins a word.
  private mutating func scanSign() -> Bool {
    let start = mark
    let ahead = characters[mark.offset...]
    guard let sign = Self.signs.first(where: { ahead.starts(with: $0.text) }) else { return false }
    advance(sign.text.utf8.count)
    append(sign.kind, from: start)
    return true
  }

  // MARK: Words

  private mutating func scanWord() {
    let start = mark
    if let key = keyAhead() {
      advance(key.count)
      append(.key(key), from: start)
      advance()
      tokenEnd = mark.offset
      return
    }
    var text = Pieces()
    while let character = peek(), continuesWord(character) {
      if character == "$", let reference = scanReference() {
        text.append(reference)
      } else {
        let place = mark
        text.literal.append(character)
        advance()
        if !character.standsAlone { report(.strayMark, from: place) }
      }
    }
    let beginsStatement = tokens.last?.kind.endsStatement ?? true
    append(.text(text.expression(.bare)), from: start)
    if beginsStatement {
      verb = text.literal
      if ["if", "elif"].contains(verb) { isInCondition = true }
    } else if text.literal == Parser.conditionWord,
      !Parser.verbsWithoutCondition.contains(verb)
    {
      isInCondition = true
    }
  }

  private func continuesWord(_ character: Character) -> Bool {
    if character.endsWord || isComparison(0) { return false }
    guard character == "\\" else { return true }
    var ahead = 1
    while peek(ahead) == "\\" { ahead += 1 }
    return peek(ahead).map { !$0.endsWord && !isComparison(ahead) } ?? false
  }

  /// Whether `==` or `!=` stands there in a condition or in parentheses.
  private func isComparison(_ ahead: Int) -> Bool {
    (isInCondition || open.last == .round) && (peek(ahead) == "=" || peek(ahead) == "!")
      && peek(ahead + 1) == "="
  }

  /// The option's name when a single `=` follows it directly.
  private func keyAhead() -> String? {
    let key = ahead(0) { $0.continuesName || $0 == "-" }
    guard key.first?.beginsName ?? false else { return nil }
    return peek(key.count) == "=" && peek(key.count + 1) != "=" ? key : nil
  }

  /// Reads `$name` or `${name}`; nil, and nothing read, when the sign stands for itself.
  private mutating func scanReference() -> Located<String>? {
    let start = mark
    let isBraced = peek(1) == "{"
    let skip = isBraced ? 2 : 1
    var name = ahead(skip) { $0.continuesName || isBraced && $0 == "-" }
    if name.first.map({ !$0.beginsName }) ?? false { name = "" }
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

  private mutating func scanQuoted(_ quote: Character) {
    let isDouble = quote == "\""
    let start = mark
    advance()
    var text = Pieces()
    while let character = peek() {
      if isDouble, character == "\\" {
        text.literal += scanEscape()
      } else if isDouble, character == "$", let reference = scanReference() {
        text.append(reference)
      } else {
        if character == quote {
          // Within single quotes two of them are one.
          guard !isDouble, peek(1) == quote else { break }
          advance()
        }
        text.literal.append(character)
        advance()
      }
    }
    if peek() == nil {
      isIncomplete = true
      let opening = Span(line: start.line, column: start.column, length: 1)
      errors.append(LanguageError(.unterminatedText(quote: quote), at: opening, in: source))
    }
    advance()
    append(.text(text.expression(isDouble ? .double : .single)), from: start)
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
      let digits = ahead(1, while: \.isHexDigit).prefix(8)
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

  private func peek(_ ahead: Int = 0) -> Character? {
    mark.offset + ahead < characters.count ? characters[mark.offset + ahead] : nil
  }

  /// The characters from so many places ahead on.
  private func ahead(_ skip: Int, while belongs: (Character) -> Bool) -> String {
    String(characters.dropFirst(mark.offset + skip).prefix(while: belongs))
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where mark.offset < characters.count {
      if characters[mark.offset].endsLine {
        mark.line += 1
        mark.column = 1
      } else {
        mark.column += 1
      }
      mark.offset += 1
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
    let length = characters[start.offset..<mark.offset].prefix { !$0.endsLine }.count
    return Span(line: start.line, column: start.column, length: max(1, length))
  }

  private mutating func append(_ kind: Token.Kind, from start: Mark) {
    if kind != .terminator, kind != .end { occupied.formUnion(start.line...mark.line) }
    let isJoined = start.offset == tokenEnd && start.offset > 0
    tokens.append(Token(kind: kind, span: span(from: start), isJoined: isJoined))
    tokenEnd = mark.offset
  }

  private mutating func report(_ fact: LanguageError.Fact, from start: Mark) {
    errors.append(LanguageError(fact, at: span(from: start), in: source))
  }
}

/// The pieces of a text while it is read.
private struct Pieces {
  private var pieces: [TextExpression.Piece] = []
  /// What was read since the last reference.
  var literal = ""

  mutating func append(_ reference: Located<String>) {
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    literal = ""
    if !reference.value.isEmpty { pieces.append(.reference(reference)) }
  }

  func expression(_ quoting: TextExpression.Quoting) -> TextExpression {
    let isLast = !literal.isEmpty || pieces.isEmpty
    return TextExpression(quoting: quoting, pieces: pieces + (isLast ? [.literal(literal)] : []))
  }
}
