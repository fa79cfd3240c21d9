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
      } else if current.word == Self.conditionWord, let condition = condition(of: verb) {
        statement.arguments.append(condition)
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

  /// A value as an argument has it: what is to be worked out stands in parentheses.
  mutating func value() throws(LanguageError) -> Expression {
    try deepen()
    defer { depth -= 1 }
    var value = try plainValue()
    var count = 0
    while value.isIndexed, current.kind == .opening(.square), current.isJoined {
      count += 1
      guard count <= Self.depthLimit else { throw failure(.nestedTooDeeply) }
      value = try element(of: value)
    }
    return value
  }

  private mutating func plainValue() throws(LanguageError) -> Expression {
    switch current.kind {
    case .text(let text):
      let token = take()
      if isForeignQuote(behind: token) { throw unexpected("a blank") }
      if current.kind == .opening(.round), current.isJoined {
        if token.word == "-" {
          let group = try group()
          return Expression(.negative(group), at: token.span.joined(to: group.span))
        }
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
      if let named = elements.first(where: { $0.key != nil }) {
        throw failure(.expected("a value", found: "'\(spelling(of: named.span))'"), at: named.span)
      }
      return Expression(.list(elements.map(\.value)), at: bracket.span.joined(to: last.span))
    case .opening(.round): return try group()
    default:
      throw unexpected("a value")
    }
  }

  /// Whether a quoted text joined to a token makes another language's: `f"…"`, `"""…"""`.
  private func isForeignQuote(behind token: Token) -> Bool {
    guard current.isJoined, case .text(let text) = token.kind,
      case .text(let next) = current.kind, next.quoting != .bare
    else { return false }
    return ["f", "F", "r", "R", "b", "B"].contains(text.plainWord)
      || text.quoting == .double && next.quoting == .double && text.pieces == [.literal("")]
  }

  /// `( … )`
  private mutating func group() throws(LanguageError) -> Expression {
    let bracket = take()
    let outside = endsAtFile
    endsAtFile = false
    defer { endsAtFile = outside }
    let inner = try expression()
    guard let closing = takeIf(.closing(.round)) else {
      if isAtLineEnd { throw unclosed(.round, from: bracket) }
      throw unexpected("an operator or ')'")
    }
    return Expression(.group(inner), at: bracket.span.joined(to: closing.span))
  }

  /// `whole[ … ]`
  private mutating func element(of whole: Expression) throws(LanguageError) -> Expression {
    let bracket = take()
    let place = try expression()
    guard let closing = takeIf(.closing(.square)) else {
      if isAtLineEnd { throw unclosed(.square, from: bracket) }
      throw unexpected("']'")
    }
    return Expression(
      .element(of: whole, at: place), at: whole.span.joined(to: closing.span))
  }

  private var isAtLineEnd: Bool { current.kind == .end || current.kind == .terminator }

  private mutating func unclosed(_ bracket: Bracket, from opening: Token) -> LanguageError {
    isIncomplete = isIncomplete || current.kind == .end || next.kind == .end
    return failure(.unclosed(bracket), at: opening.span)
  }

  /// Expressions between commas, up to the bracket that closes `opening`; with names in a call.
  private mutating func elements(
    until bracket: Bracket, from opening: Token
  ) throws(LanguageError) -> ([CommandStatement.Argument], closing: Token) {
    var elements: [CommandStatement.Argument] = []
    while true {
      if let closing = takeIf(.closing(bracket)) { return (elements, closing) }
      if !isAtLineEnd {
        var key: Located<String>?
        if case .key(let name) = current.kind { key = Located(name, at: take().span) }
        elements.append(.init(key: key, value: try expression()))
      }
      if isAtLineEnd { throw unclosed(bracket, from: opening) }
      if takeIf(.comma) == nil, current.kind != .closing(bracket) {
        throw unexpected("',' or '\(bracket.closing)'")
      }
    }
  }
}

extension Expression {
  /// Whether `[ … ]` right behind it takes a part of it.
  fileprivate var isIndexed: Bool {
    switch form {
    case .text(let text): text.loneReference != nil
    case .call, .group, .element: true
    default: false
    }
  }
}
