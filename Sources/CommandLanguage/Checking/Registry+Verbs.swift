/// How freely words are understood.
public enum Reading: Hashable, Sendable {
  /// Full names only, as in a script.
  case exact
  /// Unique prefixes and other tools' words too, as at the prompt.
  case abbreviated
}

extension Registry {
  /// A statement whose verb was looked up.
  struct Resolved {
    var command: Command<Context>
    var verbSpan: Span
    /// The arguments behind the verb's words.
    var arguments: [CommandStatement.Argument]
  }

  /// Finds the command of a statement, by the longest verb that its words begin with.
  func resolve(
    _ statement: CommandStatement, _ reading: Reading, in source: Source,
    _ directory: some ObjectDirectory
  ) throws(LanguageError) -> Resolved {
    let first = statement.verb.value
    let second = statement.secondWord
    func resolved(_ command: Command<Context>, words: Int) -> Resolved {
      var span = statement.verb.span
      if words == 2, let argument = statement.arguments.first {
        span = span.joined(to: argument.span)
      }
      return Resolved(
        command: command, verbSpan: span, arguments: Array(statement.arguments.dropFirst(words - 1))
      )
    }
    if let second, let command = command("\(first) \(second)") {
      return resolved(command, words: 2)
    }
    if let command = command(first) { return resolved(command, words: 1) }
    if let objectVerb, statement.arguments.isEmpty, let command = command(objectVerb),
      directory.kind(of: first) != nil
        || directory.isOpen && isObjectName(first) && continuations(of: first).isEmpty
    {
      let name = Expression.word(first, at: statement.verb.span)
      return Resolved(
        command: command, verbSpan: statement.verb.span,
        arguments: [CommandStatement.Argument(key: nil, value: name)])
    }
    if reading == .abbreviated {
      for candidate in [(second.map { "\(first) \($0)" }, 2), (first, 1)] {
        guard let words = candidate.0 else { continue }
        // 'plot' alone may stand for one of the plots; with a word that is no object it does not.
        if candidate.1 == 1, let second, directory.kind(of: second) == nil,
          !continuations(of: first).isEmpty
        {
          continue
        }
        let matches = commands.filter { $0.searchWords.contains(words) && $0.effect != .destroys }
        if matches.count == 1 { return resolved(matches[0], words: candidate.1) }
      }
      if let (command, words) = try abbreviated(
        first, second, statement, in: source, directory)
      {
        return resolved(command, words: words)
      }
    }
    throw LanguageError(
      unknownVerb(first, second, directory), at: verbSpan(of: statement), in: source)
  }

  /// Marks both words of a verb whose first word is right.
  private func verbSpan(of statement: CommandStatement) -> Span {
    guard !continuations(of: statement.verb.value).isEmpty, let argument = statement.arguments.first
    else { return statement.verb.span }
    return argument.span
  }

  /// The only command whose words begin with these; nil when there is none.
  private func abbreviated(
    _ first: String, _ second: String?, _ statement: CommandStatement, in source: Source,
    _ directory: some ObjectDirectory
  ) throws(LanguageError) -> (Command<Context>, words: Int)? {
    func matches(_ words: [String]) -> [Command<Context>] {
      commands.filter { command in
        let verb = command.verb.split(separator: " ")
        return verb.count == words.count && zip(verb, words).allSatisfy { $0.hasPrefix($1) }
      }
    }
    let two = second.map { matches([first, $0]) } ?? []
    let one = matches([first])
    let exactTwo = two.filter { $0.verb.hasPrefix(first + " ") }
    let isObject = second.flatMap { directory.kind(of: $0) } != nil
    let (found, words) =
      !exactTwo.isEmpty
      ? (exactTwo, 2) : two.isEmpty || one.count == 1 && isObject ? (one, 1) : (two, 2)
    guard let command = found.first else { return nil }
    let typed = words == 2 ? "\(first) \(second ?? "")" : first
    if found.count > 1 {
      throw LanguageError(
        .ambiguousCommand(typed, candidates: found.map(\.verb)), at: statement.verb.span,
        in: source)
    }
    if command.effect == .destroys {
      throw LanguageError(
        .abbreviatedDestruction(typed, command: command.verb), at: statement.verb.span, in: source)
    }
    return (command, words)
  }

  func unknownVerb(
    _ first: String, _ second: String?, _ directory: some ObjectDirectory
  ) -> LanguageError.Fact {
    if let hint = hint(for: first, at: .verb) { return .habit(first, .verb, hint: hint) }
    if let meant = marked(first, directory) ?? dotted(first, directory) {
      return .unknownCommand(first, suggestion: meant)
    }
    let continuations = continuations(of: first)
    let words = second.map { "\(first) \($0)" } ?? first
    if let command = elsewhere(called: words), second != nil || continuations.isEmpty {
      return .unknownCommand(words, suggestion: command.verb)
    }
    if let second, let nearest = Suggestion.nearest(to: second, among: continuations) {
      return .unknownCommand(words, suggestion: "\(first) \(nearest)")
    }
    if !continuations.isEmpty {
      return .incompleteCommand(first, continuations: continuations)
    }
    if let command = elsewhere(called: first) {
      return .unknownCommand(first, suggestion: command.verb)
    }
    if let command = commands.first(where: {
      $0.verb.hasSuffix(" \(first)") && $0.effect != .destroys
    }) {
      let meant = second.flatMap { form(of: command, on: $0, directory) } ?? command.verb
      return .unknownCommand(first, suggestion: meant)
    }
    if let objectVerb, directory.kind(of: first) != nil {
      return .unknownCommand(first, suggestion: "\(objectVerb) \(first)")
    }
    let firstWords = commands.map { String($0.verb.prefix { $0 != " " }) }
    let suggestion =
      second.flatMap { _ in Suggestion.nearest(to: words, among: commands.map(\.verb)) }
      ?? Suggestion.nearest(to: first, among: firstWords + directory.names)
      ?? Suggestion.nearest(to: first, among: commands.flatMap(\.searchWords))
      .flatMap(elsewhere)?.verb
    return .unknownCommand(first, suggestion: suggestion)
  }
}

extension CommandStatement {
  /// The word after the verb, when it is bare and not an option.
  public var secondWord: String? {
    guard let argument = arguments.first, argument.key == nil else { return nil }
    return argument.value.plainWord
  }
}
