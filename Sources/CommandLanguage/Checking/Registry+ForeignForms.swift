import PlainText

/// What people write who come from a notebook, from Python or from another shell.
extension Registry {
  /// What is meant by a word with a notebook's mark: `?run` and `run?` are `help run`, `kd?` is
  /// `show kd` if `kd` is an object, `!ls` is the shell's, `%timeit` is `time`.
  func marked(_ word: String, _ directory: some ObjectDirectory) -> String? {
    let bare = String(word.trimmingPrefix { "?!%".contains($0) })
    if word.hasPrefix("!") {
      return command("shell").map { bare.isEmpty ? $0.verb : "\($0.verb) \(bare)" }
    }
    if word.hasPrefix("%") { return known(as: bare)?.verb }
    guard word.hasPrefix("?") || word.hasSuffix("?") else { return nil }
    let topic = String(bare.prefix { $0 != "?" })
    if let objectVerb, command(topic) == nil, directory.kind(of: topic) != nil {
      return "\(objectVerb) \(topic)"
    }
    return command("help").map { topic.isEmpty ? $0.verb : "\($0.verb) \(topic)" }
  }

  /// What is meant by a member of an object: `net.fit` is `pretrain net on=…`, and what no command
  /// does, such as `kd.accuracy`, is `show kd`.
  func dotted(_ words: String, _ directory: some ObjectDirectory) -> String? {
    meaning(of: LanguageError.ForeignCall(verb: words, isWhole: true), ofMember: true, directory)?
      .statement
  }

  /// An error about a call in parentheses or an assignment, with how it is written here; one about
  /// an unknown command if a call has none; one with the hint if words cannot follow because a word
  /// of other tools stands there. Others stay as they are.
  func explained(_ error: LanguageError, _ directory: some ObjectDirectory) -> LanguageError {
    var error = error
    switch error.fact {
    case .parentheses(var call, nil):
      if let meaning = meaning(of: call, directory) {
        call.verb = meaning.command?.verb ?? call.verb
        error.fact = .parentheses(call, meant: meaning.statement)
      } else {
        error.fact = unknownVerb(call.verb, call.arguments.first?.value.plainWord, directory)
      }
    case .assignmentWithoutLet(let assignment, nil):
      error.fact = .assignmentWithoutLet(assignment, meant: meaning(of: assignment, directory))
    case .afterOutput(let word), .afterResultName(let word):
      if let hint = hint(for: word, at: .argument) {
        error.fact = .habit(word, .argument, hint: hint)
      }
    default: break
    }
    return error
  }

  /// The command that a call stands for, and how it is written; the one or the other may be unknown.
  private typealias Meaning = (command: Command<Context>?, statement: String?)

  /// - Parameter ofMember: Whether only a call of an object's member counts.
  private func meaning(
    of call: LanguageError.ForeignCall, ofMember: Bool = false, _ directory: some ObjectDirectory
  ) -> Meaning? {
    if let dot = call.verb.lastIndex(of: "."),
      directory.kind(of: String(call.verb[..<dot])) != nil
    {
      let object = String(call.verb[..<dot])
      let command = known(as: String(call.verb[call.verb.index(after: dot)...]))
      var call = call
      call.arguments.insert(.word(object), at: 0)
      if let command, let statement = statement(of: command, call, directory) {
        return (command, statement)
      }
      guard let objectVerb else { return nil }
      return (nil, "\(objectVerb) \(object)")
    }
    if ofMember { return nil }
    if let second = call.arguments.first?.word, let command = command("\(call.verb) \(second)") {
      var call = call
      call.arguments.removeFirst()
      return (command, statement(of: command, call, directory))
    }
    if let command = known(as: call.verb) {
      return (command, statement(of: command, call, directory))
    }
    guard let objectVerb, directory.kind(of: call.verb) != nil else { return nil }
    return (nil, "\(objectVerb) \(call.verb)")
  }

  /// A command with the arguments of a call; nil if it does not take the objects among them. Where it
  /// would do no more with objects than say their names, they are shown.
  private func statement(
    of command: Command<Context>, _ call: LanguageError.ForeignCall,
    _ directory: some ObjectDirectory
  ) -> String? {
    let objects = call.arguments.compactMap(\.word).filter { directory.kind(of: $0) != nil }
    if let objectVerb, command.parameters.allSatisfy({ $0.shape == .words }), !objects.isEmpty,
      objects.count == call.arguments.count
    {
      return objects.map { "\(objectVerb) \($0)" }.joined(separator: "; ")
    }
    return ForeignArguments(call.arguments, of: command, isWhole: call.isWhole, in: directory)
      .statement
  }

  /// How an assignment is written: `net = simplecnn` is `define model simplecnn as net`, `epochs = 5`
  /// is `let epochs = 5`.
  private func meaning(
    of assignment: LanguageError.ForeignAssignment, _ directory: some ObjectDirectory
  ) -> String? {
    let meaning: Meaning
    switch assignment.value {
    case .call(let call): meaning = self.meaning(of: call, directory) ?? (nil, nil)
    case .words(let words):
      let first = words.first?.word
      if let first, let command = command(of: words) {
        let verbLength = command.verb.hasPrefix(first + " ") ? 2 : 1
        let rest = words.dropFirst(verbLength).map { " \($0)" }.joined()
        meaning = (command, command.verb + rest)
      } else if let first, words.count == 1, let shown = dotted(first, directory) {
        meaning = (nil, shown)
      } else if let first = first?.lowercased(), let command = maker(of: first) {
        let words = [.word(first)] + words.dropFirst()
        meaning = (command, ForeignArguments(words, of: command, in: directory).statement)
      } else {
        let value = words.map { "\($0)" }.joined(separator: " ")
        let line = "let \(assignment.name) = \(value)"
        return Script(line, name: "").errors.isEmpty ? line : nil
      }
    }
    // What makes nothing is written without the name.
    guard let statement = meaning.statement, meaning.command?.result != nil else {
      return meaning.statement
    }
    return isObjectName(assignment.name) ? "\(statement) as \(assignment.name)" : nil
  }

  /// The command whose verb words begin with.
  private func command(of words: [CommandStatement.Argument]) -> Command<Context>? {
    guard let first = words.first?.word else { return nil }
    return words.dropFirst().first?.word.flatMap { command("\(first) \($0)") } ?? command(first)
  }

  /// The first command that makes an object out of one of a few words, of which this is one.
  private func maker(of word: String) -> Command<Context>? {
    commands.first { command in
      guard command.result != nil, case .choice(let choices)? = command.parameters.first?.shape
      else { return false }
      return choices.contains { $0.word == word }
    }
  }

  /// The command of that verb, or the one that other tools call so.
  private func known(as word: String) -> Command<Context>? {
    command(word) ?? elsewhere(called: word)
  }

  /// The command that other tools call so.
  func elsewhere(called word: String) -> Command<Context>? {
    commands.first { $0.searchWords.contains(word) }
  }

  /// How a command on an object is written, with what else must be given: `pretrain net on=…`; nil if
  /// it takes no object of that kind.
  func form(
    of command: Command<Context>, on object: String, _ directory: some ObjectDirectory
  ) -> String? {
    guard directory.kind(of: object) != nil else { return nil }
    return ForeignArguments([.word(object)], of: command, in: directory).statement
  }
}

extension CommandStatement.Argument {
  /// The plain word that this is, if it has no name.
  fileprivate var word: String? { key == nil ? value.plainWord : nil }

  fileprivate static func word(_ word: String) -> Self {
    Self(key: nil, value: .word(word, at: Span(line: 1, column: 1, length: 1)))
  }
}

extension Registry {
  /// What to do instead of a word of other tools; nil if it is none.
  func hint(for word: String, at place: Habit.Place) -> String? {
    habits.first { habit in
      habit.place == place
        && habit.words.contains { place == .argument ? word.hasPrefix($0) : word == $0 }
    }?.hint
  }
}
