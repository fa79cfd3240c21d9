/// How freely words are understood.
public enum Reading: Hashable, Sendable {
  /// Full names only, as in a script.
  case exact
  /// Unique prefixes and other tools' words too, as at the prompt.
  case abbreviated
}

extension Registry {
  /// A statement's command, and the arguments behind its verb's words.
  typealias Resolved = (
    command: Command<Context>, verbSpan: Span, arguments: [CommandStatement.Argument]
  )

  /// Finds the command of a statement, by the longest verb that its words begin with.
  func resolve(
    _ statement: CommandStatement, _ reading: Reading, in source: Source,
    _ directory: some ObjectDirectory, variables: Variables = Variables()
  ) throws(LanguageError) -> Resolved {
    let first = statement.verb.value
    let second = statement.secondWord
    func resolved(_ command: Command<Context>, words: Int) -> Resolved {
      var span = statement.verb.span
      if words == 2 { span = span.joined(to: statement.arguments[0].span) }
      return (
        command, span,
        words == 1 ? statement.arguments : Array(statement.arguments.dropFirst(words - 1))
      )
    }
    if let command = second.flatMap({ command(first, $0) }) { return resolved(command, words: 2) }
    lazy var both = second.map { "\(first) \($0)" }
    // 'show neighbors', as others spell 'show neighbours', is not 'show' of an object.
    if reading == .abbreviated, let command = both.flatMap(onlyOne),
      second.flatMap({ directory.kind(of: $0) }) == nil
    {
      return resolved(command, words: 2)
    }
    if let command = command(first) { return resolved(command, words: 1) }
    if let command = implied(by: statement, variables, in: source, directory) {
      return resolved(command, words: 1)
    }
    let continuations = continuations(of: first)
    if let command = objectVerb.flatMap(command), statement.showsObject(by: command),
      directory.kind(of: first) != nil
        || statement.arguments.isEmpty && directory.isOpen && isObjectName(first)
          && continuations.isEmpty
    {
      let name = Expression.word(first, at: statement.verb.span)
      return (command, name.span, [.init(key: nil, value: name)] + statement.arguments)
    }
    if reading == .abbreviated {
      if let command = both.flatMap(onlyOne) { return resolved(command, words: 2) }
      // 'plot' alone may stand for one of the plots; with a word that is no object it does not.
      let isObject = second.flatMap { directory.kind(of: $0) } != nil
      if second == nil || isObject || continuations.isEmpty, let command = onlyOne(called: first) {
        return resolved(command, words: 1)
      }
      if let (command, words) = try abbreviated(statement, beforeObject: isObject, in: source) {
        return resolved(command, words: words)
      }
    }
    // Of a verb whose first word is right, the second is marked.
    let span = (continuations.isEmpty ? nil : statement.arguments.first?.span)
    throw LanguageError(
      Intention(registry: self, directory: directory).unknownVerb(first, second),
      at: span ?? statement.verb.span, in: source)
  }

  /// The only command that other tools call so; none that destroys.
  private func onlyOne(called words: String) -> Command<Context>? {
    let matches = commands.filter { $0.searchWords.contains(words) && $0.effect != .destroys }
    return matches.count == 1 ? matches[0] : nil
  }

  /// The only command whose words begin with these; nil when there is none.
  private func abbreviated(
    _ statement: CommandStatement, beforeObject isObject: Bool, in source: Source
  ) throws(LanguageError) -> (Command<Context>, words: Int)? {
    let typed = [statement.verb.value] + [statement.secondWord].compactMap(\.self)
    func matches(_ count: Int) -> [Command<Context>] {
      commands.filter { command in
        command.words.count == count && typed.count >= count
          && zip(command.words, typed).allSatisfy { $0.hasPrefix($1) }
      }
    }
    let (one, two) = (matches(1), matches(2))
    let exactTwo = two.filter { $0.words[0] == typed[0] }
    let isOne = exactTwo.isEmpty && (two.isEmpty || one.count == 1 && isObject)
    let found = isOne ? one : exactTwo.isEmpty ? two : exactTwo
    guard let command = found.first else { return nil }
    let words = typed.prefix(isOne ? 1 : 2).joined(separator: " ")
    if found.count > 1 {
      throw LanguageError(
        .ambiguousCommand(words, candidates: found.map(\.verb)), at: statement.verb.span,
        in: source)
    }
    if command.effect == .destroys {
      throw LanguageError(
        .abbreviatedDestruction(words, command: command.verb), at: statement.verb.span, in: source)
    }
    return (command, isOne ? 1 : 2)
  }
}

extension CommandStatement {
  /// Whether its verb may be an object that is shown: nothing but options of that command follows.
  fileprivate func showsObject<Context>(by command: Command<Context>) -> Bool {
    let options = (command.options() + command.universalOptions).map(\.name)
    return arguments.allSatisfy { $0.key.map { options.contains($0.value) } ?? false }
  }

  /// The word after the verb, when it is bare and not an option.
  public var secondWord: String? {
    guard let argument = arguments.first, argument.key == nil else { return nil }
    return argument.value.plainWord
  }
}
