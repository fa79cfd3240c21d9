/// Reads ahead what is no form of this language, so that errors can say how it is written here.
extension Parser {
  /// The call that begins at the current token: `net.fit(T, epochs=5)`; nil if none does.
  func foreignCall() -> LanguageError.ForeignCall? {
    guard let verb = current.word, next.kind == .opening(.round), next.isJoined else { return nil }
    var call = LanguageError.ForeignCall(verb: verb)
    var ahead = self
    ahead.take()
    ahead.take()
    while ahead.takeIf(.closing(.round)) == nil {
      guard let argument = ahead.foreignArgument() else { return call }
      call.arguments.append(argument)
      if ahead.takeIf(.comma) == nil, ahead.current.kind != .closing(.round) { return call }
    }
    call.isWhole = true
    return call
  }

  /// The assignment whose name, joined with its sign, or whose sign is the current token.
  func foreignAssignment(to name: String) -> LanguageError.ForeignAssignment {
    var ahead = self
    ahead.take()
    if let call = ahead.foreignCall() { return .init(name: name, value: .call(call)) }
    var words: [CommandStatement.Argument] = []
    while !ahead.isAtStatementEnd {
      guard let word = ahead.foreignArgument() else { return .init(name: name, value: .words([])) }
      words.append(word)
    }
    return .init(name: name, value: .words(words))
  }

  /// A value, or one behind a name and a sign, between which blanks may stand; nil if there is none.
  private mutating func foreignArgument() -> CommandStatement.Argument? {
    var key: Located<String>?
    if case .key(let name) = current.kind {
      key = Located(name, at: take().span)
    } else if let name = current.word, next.kind == .equals {
      key = Located(name, at: take().span)
      take()
    }
    return (try? value()).map { CommandStatement.Argument(key: key, value: $0) }
  }
}
