/// What `let`, conditions and parentheses hold: values between operators.
extension Parser {
  /// The word before a condition on the rows of a table.
  static let conditionWord = "where"

  /// The conditions of `select` are options, and the others take any words.
  static let verbsWithoutCondition: Set<String> = ["select", "print", "shell", "help", "explain"]

  /// `where EXPRESSION` in a command; nil, and nothing read, where the word is one like others.
  mutating func condition(of verb: String) -> CommandStatement.Argument? {
    guard !Self.verbsWithoutCondition.contains(verb), !next.kind.isKey else { return nil }
    let start = self
    let word = take()
    endsAtFile = true
    defer { endsAtFile = false }
    guard let condition = try? expression(), condition.isComparison else {
      self = start
      return nil
    }
    return CommandStatement.Argument(
      key: Located(Self.conditionWord, at: word.span),
      value: Expression(.condition(condition), at: condition.span))
  }

  mutating func expression() throws(LanguageError) -> Expression {
    try deepen()
    defer { depth -= 1 }
    return try operation(from: 0)
  }

  /// Values between operators that bind at least as tightly as `rank`.
  private mutating func operation(from rank: Int) throws(LanguageError) -> Expression {
    if rank > Operator.highestRank { return try value() }
    if rank == Operator.rankOfNot, let negation = try negation() { return negation }
    var result = try operation(from: rank + 1)
    var count = 0
    while let found = currentOperator, found.rank == rank, !isAtFile(behind: result) {
      count += 1
      guard count <= Self.depthLimit else { throw failure(.nestedTooDeeply) }
      take()
      let isPower = found == .arithmetic(.power)
      if isPower { try deepen() }
      defer { if isPower { depth -= 1 } }
      let right = try operation(from: isPower ? rank : rank + 1)
      result = Expression(
        .operation(found, result, right), at: result.span.joined(to: right.span))
      // 1 < 2 < 3 would compare an answer with a number.
      if case .comparison = found, case .comparison? = currentOperator, !isAtFile(behind: result) {
        throw failure(.chainedComparison)
      }
    }
    if current.kind == .equals { throw failure(.singleEquals) }
    return result
  }

  /// `not …` or `exists NAME`; nil where these are words like others.
  private mutating func negation() throws(LanguageError) -> Expression? {
    switch current.word {
    case "not" where beginsValue(next):
      let start = take().span
      try deepen()
      defer { depth -= 1 }
      let inner = try operation(from: Operator.rankOfNot)
      return Expression(.not(inner), at: start.joined(to: inner.span))
    case "exists" where isText(next):
      let start = take().span
      let name = try value()
      return Expression(.exists(name), at: start.joined(to: name.span))
    default: return nil
    }
  }

  /// Behind `where`, whether a `>` behind what is compared already stands before a file.
  private func isAtFile(behind compared: Expression) -> Bool {
    guard endsAtFile, current.kind == .output(appends: false) else { return false }
    switch compared.form {
    case .operation(.comparison, _, _), .operation(.isIn, _, _), .not, .exists: return true
    case .group(let inner): return inner.isComparison
    default: return false
    }
  }

  private func isText(_ token: Token) -> Bool {
    if case .text = token.kind { !token.isJoined } else { false }
  }

  private func beginsValue(_ token: Token) -> Bool {
    switch token.kind {
    case .text(let text): text.plainWord.flatMap(Operator.init(word:)) == nil
    case .opening(let bracket): bracket != .brace && !token.isJoined
    default: false
    }
  }

  /// The operator that stands here.
  private var currentOperator: Operator? {
    switch current.kind {
    case .comparison(let sign): .comparison(sign)
    case .output(appends: false): .comparison(.greater)
    default: current.word.flatMap(Operator.init(word:))
    }
  }
}

extension Expression {
  /// Whether it gives an answer: yes or no.
  fileprivate var isComparison: Bool {
    switch form {
    case .operation(.arithmetic, _, _): false
    case .operation, .not, .exists: true
    case .group(let inner): inner.isComparison
    default: false
    }
  }
}
