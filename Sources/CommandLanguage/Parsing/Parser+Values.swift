extension Parser {
  mutating func command() throws(LanguageError) -> CommandStatement {
    if case .key(let name) = current.kind {
      throw failure(.assignmentWithoutLet(foreignAssignment(to: name)))
    }
    guard let verb = current.word else { throw unexpected("a command") }
    if let call = foreignCall() { throw failure(.parentheses(call)) }
    var statement = CommandStatement(verb: Located(verb, at: take().span))
    if current.kind == .equals {
      throw failure(.assignmentWithoutLet(foreignAssignment(to: verb)), at: statement.verb.span)
    }
    while !isAtStatementEnd {
      // `> FILE format=csv`: options may stand behind the file, and nothing else.
      if statement.output != nil {
        guard case .key = current.kind else {
          throw failure(.afterOutput(spelling(of: current.span)))
        }
      }
      if case .output(let appends) = current.kind {
        // `brightness>200` would write to a file of that name.
        if !appends, current.isJoined, let meant = range(.greater) {
          throw failure(.strayComparison(.greater, meant: meant))
        }
        let file = try text(behind: take(), orElse: .missingFile)
        statement.output = CommandStatement.Output(file: file, appends: appends)
      } else if current.word == "as" {
        statement.resultName = try text(behind: take(), orElse: .missingResultName)
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

  /// The option with a range that a comparison such as `brightness<40` at the current sign stands for;
  /// nil unless a number follows a word.
  private func range(_ sign: Comparison) -> String? {
    guard position > 0, let name = tokens[position - 1].word, name.first?.beginsName == true,
      let number = next.word, Double(number)?.isFinite == true
    else { return nil }
    switch sign {
    case .less, .atMost: return "\(name)=..\(number)"
    case .greater, .atLeast: return "\(name)=\(number).."
    case .equal, .unequal: return nil
    }
  }

  private mutating func text(
    behind sign: Token, orElse fact: LanguageError.Fact
  ) throws(LanguageError) -> Expression {
    guard case .text = current.kind else { throw failure(fact, at: sign.span) }
    return try value()
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
    if case .comparison(let sign) = current.kind {
      throw failure(.strayComparison(sign, meant: range(sign)))
    }
    if current.kind == .comma { throw failure(.strayComma) }
    if let stray = strayClosing { throw stray }
    return CommandStatement.Argument(key: nil, value: try value())
  }

  mutating func value() throws(LanguageError) -> Expression {
    try deepen()
    defer { depth -= 1 }
    switch current.kind {
    case .text(let text):
      let token = take()
      if current.kind == .opening(.round), current.isJoined {
        guard let name = token.word else { throw unexpected("a blank or ','") }
        let (arguments, last) = try elements(until: .round, from: take())
        return Expression(
          .call(name: Located(name, at: token.span), arguments: arguments),
          at: token.span.joined(to: last.span))
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

  private var isAtLineEnd: Bool { current.kind == .end || current.kind == .terminator }

  /// Values between commas, up to the bracket that closes `opening`.
  private mutating func elements(
    until bracket: Bracket, from opening: Token
  ) throws(LanguageError) -> ([Expression], closing: Token) {
    var elements: [Expression] = []
    while true {
      if let closing = takeIf(.closing(bracket)) { return (elements, closing) }
      if !isAtLineEnd { elements.append(try value()) }
      if isAtLineEnd {
        isIncomplete = isIncomplete || current.kind == .end || next.kind == .end
        throw failure(.unclosed(bracket), at: opening.span)
      }
      if takeIf(.comma) == nil, current.kind != .closing(bracket) {
        throw unexpected("',' or '\(bracket.closing)'")
      }
    }
  }

  // MARK: Arithmetic and conditions

  mutating func sum() throws(LanguageError) -> Expression {
    try chain(tight: false)
  }

  /// Values between signs that bind tightly, or such products between the other signs.
  private mutating func chain(tight: Bool) throws(LanguageError) -> Expression {
    var result = try tight ? value() : chain(tight: true)
    var count = 0
    while let operation = current.word.flatMap(Arithmetic.init(rawValue:)),
      operation.bindsTightly == tight
    {
      count += 1
      guard count <= Self.depthLimit else { throw failure(.nestedTooDeeply) }
      take()
      let right = try tight ? value() : chain(tight: true)
      result = Expression(
        .arithmetic(operation, result, right), at: result.span.joined(to: right.span))
    }
    return result
  }

  mutating func condition() throws(LanguageError) -> Condition {
    try deepen()
    defer { depth -= 1 }
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
