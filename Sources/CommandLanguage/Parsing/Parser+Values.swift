extension Parser {
  mutating func command() throws(LanguageError) -> CommandStatement {
    if case .key(let name) = current.kind {
      throw failure(.assignmentWithoutLet(foreignAssignment(to: name)))
    }
    guard let verb = current.word else { throw unexpected("a command") }
    if let call = foreignCall() { throw failure(.parentheses(call)) }
    var statement = CommandStatement(
      verb: Located(verb, at: take().span), arguments: [], resultName: nil, output: nil)
    if current.kind == .equals {
      throw failure(
        .assignmentWithoutLet(foreignAssignment(to: verb)), at: statement.verb.span)
    }
    while !isAtStatementEnd {
      // `> FILE format=csv`: options may stand behind the file, and nothing else.
      if statement.output != nil {
        guard case .key = current.kind else {
          throw failure(.afterOutput(spelling(of: current.span)))
        }
      }
      if case .output(let appends) = current.kind {
        let sign = take()
        guard case .text = current.kind else {
          throw failure(.missingFile, at: sign.span)
        }
        statement.output = CommandStatement.Output(file: try value(), appends: appends)
      } else if current.word == "as" {
        let sign = take()
        guard case .text = current.kind else {
          throw failure(.missingResultName, at: sign.span)
        }
        statement.resultName = try value()
        if case .output = current.kind { continue }
        if !isAtStatementEnd {
          throw failure(.afterResultName(spelling(of: current.span)))
        }
      } else {
        statement.arguments.append(try argument())
      }
    }
    return statement
  }

  private mutating func argument() throws(LanguageError) -> CommandStatement.Argument {
    if case .key(let name) = current.kind {
      let key = Located(name, at: take().span)
      guard current.isJoined, !isAtStatementEnd else {
        throw failure(.missingValue(option: name), at: key.span)
      }
      return CommandStatement.Argument(key: key, value: try value())
    }
    if current.kind == .equals { throw failure(.blanksAroundEquals) }
    if current.kind == .comma { throw failure(.strayComma) }
    if case .closing(let bracket) = current.kind {
      throw failure(.unmatchedClosing(bracket.closing))
    }
    return CommandStatement.Argument(key: nil, value: try value())
  }

  mutating func value() throws(LanguageError) -> Expression {
    try nested { parser throws(LanguageError) in try parser.nestedValue() }
  }

  private mutating func nestedValue() throws(LanguageError) -> Expression {
    switch current.kind {
    case .text(let text):
      let token = take()
      if current.kind == .opening(.round), current.isJoined {
        guard let name = token.word else { throw unexpected("a blank or ','") }
        return try call(Located(name, at: token.span))
      }
      return Expression(.text(text), at: token.span)
    case .opening(.square):
      let bracket = take()
      let (elements, last) = try elements(until: .square, from: bracket)
      return Expression(.list(elements), at: bracket.span.joined(to: last.span))
    default:
      throw unexpected("a value")
    }
  }

  private mutating func call(_ name: Located<String>) throws(LanguageError) -> Expression {
    let bracket = take()
    let (arguments, last) = try elements(until: .round, from: bracket)
    return Expression(
      .call(name: name, arguments: arguments), at: name.span.joined(to: last.span))
  }

  /// Values between commas, up to the bracket that closes `opening`.
  private mutating func elements(
    until bracket: Bracket, from opening: Token
  ) throws(LanguageError) -> ([Expression], closing: Token) {
    var elements: [Expression] = []
    while true {
      if let closing = takeIf(.closing(bracket)) { return (elements, closing) }
      if current.kind == .end || current.kind == .terminator {
        throw unclosed(bracket, at: opening.span)
      }
      elements.append(try value())
      if takeIf(.comma) != nil { continue }
      if current.kind == .end || current.kind == .terminator {
        throw unclosed(bracket, at: opening.span)
      }
      guard current.kind == .closing(bracket) else {
        throw unexpected("',' or '\(bracket.closing)'")
      }
    }
  }

  // MARK: Arithmetic and conditions

  mutating func sum() throws(LanguageError) -> Expression {
    try chain(tight: false) { parser throws(LanguageError) in
      try parser.chain(tight: true) { parser throws(LanguageError) in try parser.value() }
    }
  }

  private mutating func chain(
    tight: Bool, _ operand: (inout Parser) throws(LanguageError) -> Expression
  ) throws(LanguageError) -> Expression {
    var result = try operand(&self)
    var count = 0
    while let operation = current.word.flatMap(Arithmetic.init(rawValue:)),
      operation.bindsTightly == tight
    {
      count += 1
      guard count <= Self.depthLimit else { throw failure(.nestedTooDeeply) }
      take()
      let right = try operand(&self)
      result = Expression(
        .arithmetic(operation, result, right), at: result.span.joined(to: right.span))
    }
    return result
  }

  mutating func condition() throws(LanguageError) -> Condition {
    try nested { parser throws(LanguageError) in try parser.nestedCondition() }
  }

  private mutating func nestedCondition() throws(LanguageError) -> Condition {
    if current.word == "not" {
      take()
      return .not(try condition())
    }
    if current.word == "exists", case .text = next.kind {
      take()
      return .exists(try value())
    }
    let left = try sum()
    let comparison: Comparison
    switch current.kind {
    case .comparison(let sign): comparison = sign
    case .output(appends: false): comparison = .greater
    case .equals: throw failure(.singleEquals)
    default: return .flag(left)
    }
    take()
    return .comparison(left, comparison, try sum())
  }
}
