/// Turns tokens into statements; after an error it goes on with the next statement.
struct Parser {
  let tokens: [Token]
  let source: Source
  var position = 0
  private(set) var errors: [LanguageError] = []
  var isIncomplete = false
  var depth = 0
  /// Behind `where`, whether a `>` may stand before a file.
  var endsAtFile = false
  /// Whether `break` and `next`, or `return`, may stand here.
  private var isInLoop = false
  private var isInFunction = false

  /// How deep lists and blocks may nest.
  static let depthLimit = 60

  init(tokens: some Sequence<Token>, source: Source) {
    self.tokens = Array(tokens)
    self.source = source
  }

  mutating func parseScript() -> [Statement] {
    var statements: [Statement] = []
    while current.kind != .end {
      if let stray = strayClosing {
        errors.append(stray)
        position += 1
      } else {
        parseStatement(into: &statements)
      }
    }
    return statements
  }

  /// The error of a bracket that closes nothing, if one stands here.
  var strayClosing: LanguageError? {
    guard case .closing(let bracket) = current.kind else { return nil }
    return failure(.unmatchedClosing(bracket.closing))
  }

  // MARK: Tokens

  var current: Token { tokens[position] }

  var next: Token { tokens[min(position + 1, tokens.count - 1)] }

  var isAtStatementEnd: Bool {
    switch current.kind {
    case .terminator, .end, .closing(.brace): true
    default: false
    }
  }

  @discardableResult
  mutating func take() -> Token {
    let token = tokens[position]
    if position < tokens.count - 1 { position += 1 }
    return token
  }

  mutating func takeIf(_ kind: Token.Kind) -> Token? {
    current.kind == kind ? take() : nil
  }

  func failure(_ fact: LanguageError.Fact, at span: Span? = nil) -> LanguageError {
    LanguageError(fact, at: span ?? current.span, in: source)
  }

  /// Something else stood where `expected` had to; incomplete when it was the end of the text.
  mutating func unexpected(_ expected: String) -> LanguageError {
    failure(.expected(expected, found: describe(current)))
  }

  private func describe(_ token: Token) -> String {
    switch token.kind {
    case .terminator, .end: "the end of the line"
    default: "'\(spelling(of: token.span))'"
    }
  }

  func spelling(of span: Span) -> String {
    String(source.line(span.line).dropFirst(span.column - 1).prefix(span.length))
  }

  /// Goes a level deeper; whoever does so takes it back.
  mutating func deepen() throws(LanguageError) {
    guard depth < Self.depthLimit else { throw failure(.nestedTooDeeply) }
    depth += 1
  }

  // MARK: Statements

  private mutating func parseStatement(into statements: inout [Statement]) {
    if takeIf(.terminator) != nil { return }
    do throws(LanguageError) {
      statements.append(try statement())
      guard isAtStatementEnd else { throw failure(.unexpected(describe(current))) }
    } catch {
      errors.append(error)
      skipStatement()
    }
  }

  /// Goes to the end of a broken statement, and past the blocks that it opened.
  private mutating func skipStatement() {
    var braces = 0
    while current.kind != .end {
      switch current.kind {
      case .opening(.brace): braces += 1
      case .closing(.brace):
        if braces == 0 { return }
        braces -= 1
      case .terminator where braces == 0: return
      default: break
      }
      position += 1
    }
  }

  private mutating func statement() throws(LanguageError) -> Statement {
    try deepen()
    defer { depth -= 1 }
    switch current.word {
    case "version": return try version()
    case "let": return try assignment()
    case "for": return try loop()
    case "repeat":
      take()
      return .repetition(count: try expression(), body: try loopBody())
    case "while":
      take()
      return .loopWhile(condition: try expression(), body: try loopBody())
    case "break" where isInLoop, "next" where isInLoop:
      let token = take()
      let word = Statement.Leave(rawValue: token.word ?? "") ?? .stop
      return .leave(Located(word, at: token.span))
    case "return" where isInFunction:
      let word = Located("return", at: take().span)
      return .giveBack(isAtStatementEnd ? nil : try expression(), at: word)
    case "function": return try function()
    case "try" where next.kind == .opening(.brace): return try attempt()
    case "if": return try conditional()
    case "elif", "else": throw failure(.strayBranch(current.word ?? ""))
    default:
      if let call = call() { return .call(call) }
      return .command(try command())
    }
  }

  /// A function on its own, `sweep(kd)`; nil, and nothing read, if the statement is none.
  private mutating func call() -> Expression? {
    guard let word = current.word, word.first?.beginsName ?? false,
      word.allSatisfy(\.continuesName), next.kind == .opening(.round), next.isJoined
    else { return nil }
    let start = self
    if let call = try? value(), case .call = call.form, isAtStatementEnd { return call }
    self = start
    return nil
  }

  private mutating func function() throws(LanguageError) -> Statement {
    take()
    let name = try variableName()
    guard current.isJoined, takeIf(.opening(.round)) != nil else { throw unexpected("'('") }
    var parameters: [FunctionDeclaration.Parameter] = []
    while takeIf(.closing(.round)) == nil {
      if case .key(let key) = current.kind {
        guard key.allSatisfy(\.continuesName) else { throw failure(.invalidVariable(key)) }
        let name = Located(key, at: take().span)
        parameters.append(.init(name: name, standard: try value()))
      } else {
        let name = try variableName()
        if let last = parameters.last, last.standard != nil {
          throw failure(.requiredAfterOptional(name.value), at: name.span)
        }
        parameters.append(.init(name: name))
      }
      let last = parameters[parameters.count - 1].name
      guard parameters.count(where: { $0.name == last }) == 1 else {
        throw failure(.repeatedOption(last.value), at: last.span)
      }
      if takeIf(.comma) == nil, current.kind != .closing(.round) { throw unexpected("',' or ')'") }
    }
    let outside = (isInLoop, isInFunction)
    (isInLoop, isInFunction) = (false, true)
    defer { (isInLoop, isInFunction) = outside }
    return .function(
      FunctionDeclaration(name: name, parameters: parameters, body: try block()))
  }

  private mutating func attempt() throws(LanguageError) -> Statement {
    let word = Located("try", at: take().span)
    let body = try block()
    let start = position
    while takeIf(.terminator) != nil {}
    if current.word == "else" {
      take()
      return .attempt(body: body, otherwise: try block(), at: word)
    }
    position = start
    return .attempt(body: body, otherwise: [], at: word)
  }

  private mutating func loopBody() throws(LanguageError) -> [Statement] {
    let outside = isInLoop
    isInLoop = true
    defer { isInLoop = outside }
    return try block()
  }

  private mutating func version() throws(LanguageError) -> Statement {
    take()
    guard let number = current.word.flatMap({ Int($0) }) else {
      throw unexpected("a version number")
    }
    guard (1...Source.newestVersion).contains(number) else {
      throw failure(.unsupportedVersion(number))
    }
    return .version(Located(number, at: take().span))
  }

  private mutating func assignment() throws(LanguageError) -> Statement {
    take()
    if case .key(let key) = current.kind {
      guard key.allSatisfy(\.continuesName) else { throw failure(.invalidVariable(key)) }
      let name = Located(key, at: take().span)
      return .assignment(name: name, value: try expression())
    }
    let name = try variableName()
    guard takeIf(.equals) != nil else { throw unexpected("'='") }
    return .assignment(name: name, value: try expression())
  }

  private mutating func variableName() throws(LanguageError) -> Located<String> {
    guard let word = current.word else { throw unexpected("a name") }
    guard word.first?.beginsName ?? false, word.allSatisfy(\.continuesName) else {
      throw failure(.invalidVariable(word))
    }
    return Located(word, at: take().span)
  }

  private mutating func loop() throws(LanguageError) -> Statement {
    take()
    let name = try variableName()
    guard current.word == "in" else { throw unexpected("'in'") }
    take()
    return .loop(Statement.Loop(name: name, values: try expression(), body: try loopBody()))
  }

  private mutating func conditional() throws(LanguageError) -> Statement {
    var branches: [Statement.Branch] = []
    while true {
      take()
      branches.append(Statement.Branch(condition: try expression(), body: try block()))
      let start = position
      while takeIf(.terminator) != nil {}
      if current.word == "elif" { continue }
      if current.word == "else" {
        take()
        return .conditional(branches: branches, otherwise: try block())
      }
      position = start
      return .conditional(branches: branches, otherwise: nil)
    }
  }

  private mutating func block() throws(LanguageError) -> [Statement] {
    guard let brace = takeIf(.opening(.brace)) else { throw unexpected("'{'") }
    var statements: [Statement] = []
    while current.kind != .closing(.brace) {
      if current.kind == .end {
        isIncomplete = true
        throw failure(.unclosed(.brace), at: brace.span)
      }
      if let stray = strayClosing { throw stray }
      parseStatement(into: &statements)
    }
    take()
    return statements
  }
}
