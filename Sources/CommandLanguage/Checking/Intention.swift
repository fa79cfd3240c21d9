import PlainText

/// What is probably meant by what is no command: mistyped verbs, and what people write who come from
/// a notebook, from Python or from another shell.
struct Intention<Context: CommandContext> {
  let registry: Registry<Context>
  let directory: any ObjectDirectory

  /// The command that is meant, and how it is written; the one or the other may be unknown.
  private typealias Meaning = (command: Command<Context>?, statement: String?)

  /// What to say of words with which no verb begins.
  func unknownVerb(_ first: String, _ second: String?) -> LanguageError.Fact {
    if let hint = registry.hint(for: first, at: .verb) { return .habit(first, .verb, hint: hint) }
    if ["break", "next", "return"].contains(first) { return .strayLeave(first) }
    if let meant = marked(first) ?? dotted(first) {
      return .unknownCommand(first, suggestion: meant)
    }
    let continuations = registry.continuations(of: first)
    let words = second.map { "\(first) \($0)" } ?? first
    if let command = registry.elsewhere(called: words), second != nil || continuations.isEmpty {
      return .unknownCommand(words, suggestion: command.verb)
    }
    if let second,
      let nearest = Suggestion.nearest(
        to: second, among: registry.secondWords(of: first, in: directory))
    {
      return .unknownCommand(words, suggestion: "\(first) \(nearest)")
    }
    if !continuations.isEmpty { return .incompleteCommand(first, continuations: continuations) }
    return .unknownCommand(first, suggestion: suggestion(for: first, second))
  }

  private func suggestion(for first: String, _ second: String?) -> String? {
    if let command = registry.elsewhere(called: first) { return command.verb }
    let commands = registry.commands
    let meant = commands.filter { $0.verb.hasSuffix(" \(first)") && $0.effect != .destroys }
    // Of 'show memory' and 'export memory' the one that only looks.
    if let command = meant.first(where: { $0.effect == .looks }) ?? meant.first {
      return second.flatMap { form(of: command, on: $0) } ?? command.verb
    }
    if let shown = showing(first) { return shown }
    let firstWords = commands.map { String($0.verb.prefix { $0 != " " }) }
    return second.flatMap {
      Suggestion.nearest(to: "\(first) \($0)", among: commands.map(\.verb))
    } ?? Suggestion.nearest(to: first, among: firstWords + directory.names)
      ?? Suggestion.nearest(to: first, among: commands.flatMap(\.searchWords))
      .flatMap(registry.elsewhere)?.verb
  }

  /// An error about a call in parentheses or an assignment, with how it is written here; one about
  /// an unknown command if a call has none; one with the hint if words cannot follow because a word
  /// of other tools stands there. Others stay as they are.
  func explained(_ error: LanguageError) -> LanguageError {
    var error = error
    switch error.fact {
    case .parentheses(var call, nil):
      if let meaning = meaning(of: call) {
        call.verb = meaning.command?.verb ?? call.verb
        error.fact = .parentheses(
          call, meant: worked(call, meaning.command, error) ?? meaning.statement)
      } else {
        error.fact = unknownVerb(call.verb, call.arguments.first?.value.plainWord)
      }
    case .assignmentWithoutLet(let assignment, nil):
      error.fact = .assignmentWithoutLet(assignment, meant: meaning(of: assignment))
    case .afterOutput(let word), .afterResultName(let word):
      if let hint = registry.hint(for: word, at: .argument) {
        error.fact = .habit(word, .argument, hint: hint)
      }
    default: break
    }
    return error
  }

  /// An error in a statement of another language, with how that is written here; others as they are.
  func translated(_ error: LanguageError) -> LanguageError {
    guard error.fact.mayBeForeign else { return error }
    let line = ForeignLine(error) { directory.kind(of: $0) != nil }
    let found = if case .wordOfVariable = error.fact { line.call } else { line.advice }
    guard let advice = found else { return error }
    var error = error
    error.fact = .foreignForm(advice.message, hint: advice.hint, topic: advice.topic)
    error.span.column = advice.column
    error.span.length = advice.length
    return error
  }

  /// What to say of `name( … )` where there is no such function.
  func unknownCall(_ expression: Expression, in source: Source) -> LanguageError {
    guard case .call(let name, let arguments) = expression.form else {
      return LanguageError(.unexpected("'\(expression)'"), at: expression.span, in: source)
    }
    // A sum of objects, as others write one, is no list of them.
    let known = arguments.prefix { if case .operation = $0.value.form { false } else { true } }
    var call = LanguageError.ForeignCall(verb: name.value, arguments: Array(known))
    call.isWhole = known.count == arguments.count
    if !call.isWhole, case .operation(_, let first, _) = arguments[known.count].value.form {
      call.arguments.append(.init(key: arguments[known.count].key, value: first))
    }
    return explained(LanguageError(.parentheses(call), at: name.span, in: source))
  }

  /// What is meant by a call of a command that takes any words, where some are expressions.
  private func worked(
    _ call: LanguageError.ForeignCall, _ command: Command<Context>?, _ error: LanguageError
  ) -> String? {
    guard !call.isWhole, let command, command.parameters.allSatisfy({ $0.shape == .words }) else {
      return nil
    }
    return ForeignLine(error) { directory.kind(of: $0) != nil }.wordsOfCall.map {
      "\(command.verb) \($0)"
    }
  }

  // MARK: Words

  /// What is meant by a word with a notebook's mark: `?run` and `run?` are `help run`, `kd?` is
  /// `show kd` if `kd` is an object, `!ls` is the shell's, `%timeit` is `time`.
  private func marked(_ word: String) -> String? {
    func with(_ verb: String, _ rest: String) -> String? {
      registry.command(verb).map { rest.isEmpty ? $0.verb : "\($0.verb) \(rest)" }
    }
    let bare = String(word.trimmingPrefix { "?!%".contains($0) })
    if word.hasPrefix("!") { return with("shell", bare) }
    if word.hasPrefix("%") { return known(as: bare)?.verb }
    guard word.hasPrefix("?") || word.hasSuffix("?") else { return nil }
    let topic = String(bare.prefix { $0 != "?" })
    return (registry.command(topic) == nil ? showing(topic) : nil) ?? with("help", topic)
  }

  /// What is meant by a member of an object without a call: `net.fit` is `pretrain net on=…`.
  private func dotted(_ words: String) -> String? {
    member(LanguageError.ForeignCall(verb: words, isWhole: true))?.statement
  }

  /// The statement that shows an object; nil if there is none of that name.
  private func showing(_ object: String) -> String? {
    directory.kind(of: object) == nil ? nil : registry.objectVerb.map { "\($0) \(object)" }
  }

  /// The command of that verb, or the one that other tools call so.
  private func known(as word: String) -> Command<Context>? {
    registry.command(word) ?? registry.elsewhere(called: word)
  }

  // MARK: Calls

  private func meaning(of call: LanguageError.ForeignCall) -> Meaning? {
    if let meaning = member(call) { return meaning }
    if let second = call.arguments.first?.word,
      let command = registry.command("\(call.verb) \(second)")
    {
      var call = call
      call.arguments.removeFirst()
      return (command, statement(of: command, call))
    }
    if let command = known(as: call.verb) { return (command, statement(of: command, call)) }
    return showing(call.verb).map { (nil, $0) }
  }

  /// What is meant by a call of an object's member: `net.fit(T)` is `pretrain net on=T`, and what no
  /// command does, such as `kd.accuracy`, is `show kd`.
  private func member(_ call: LanguageError.ForeignCall) -> Meaning? {
    guard let dot = call.verb.lastIndex(of: ".") else { return nil }
    let object = String(call.verb[..<dot])
    guard directory.kind(of: object) != nil else { return nil }
    var call = call
    call.arguments.insert(.word(object), at: 0)
    if let command = known(as: String(call.verb[call.verb.index(after: dot)...])),
      let statement = statement(of: command, call)
    {
      return (command, statement)
    }
    return showing(object).map { (nil, $0) }
  }

  /// A command with the arguments of a call; nil if it does not take the objects among them. Where it
  /// would do no more with objects than say their names, they are shown.
  private func statement(
    of command: Command<Context>, _ call: LanguageError.ForeignCall
  ) -> String? {
    let shown = call.arguments.compactMap { $0.word.flatMap(showing) }
    if command.parameters.allSatisfy({ $0.shape == .words }), !shown.isEmpty,
      shown.count == call.arguments.count
    {
      return shown.joined(separator: "; ")
    }
    var arguments = call.arguments
    if command.parameters.allSatisfy({ $0.shape == .words }) {
      // A word without quotes is a variable there.
      for index in arguments.indices {
        guard let word = arguments[index].word, word.first?.beginsName ?? false,
          showing(word) == nil
        else { continue }
        let name = Located(word, at: arguments[index].span)
        arguments[index].value = Expression(
          .text(TextExpression(quoting: .bare, pieces: [.reference(name)])), at: name.span)
      }
    }
    return ForeignArguments(arguments, of: command, isWhole: call.isWhole, in: directory)
      .statement
  }

  /// How a command on an object is written, with what else must be given: `pretrain net on=…`; nil if
  /// it takes no object of that kind.
  private func form(of command: Command<Context>, on object: String) -> String? {
    guard directory.kind(of: object) != nil else { return nil }
    return ForeignArguments([.word(object)], of: command, in: directory).statement
  }

  // MARK: Assignments

  /// How an assignment is written: `net = simplecnn` is `define model simplecnn as net`, `epochs = 5`
  /// is `let epochs = 5`.
  private func meaning(of assignment: LanguageError.ForeignAssignment) -> String? {
    let meaning: Meaning
    switch assignment.value {
    case .call(let call): meaning = self.meaning(of: call) ?? (nil, nil)
    case .words(let words):
      let first = words.first?.word
      if let first, let command = command(of: words) {
        let verbLength = command.verb.hasPrefix(first + " ") ? 2 : 1
        let rest = words.dropFirst(verbLength).map { " \($0)" }.joined()
        meaning = (command, command.verb + rest)
      } else if let first, words.count == 1, let shown = dotted(first) {
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
    return words.dropFirst().first?.word.flatMap { registry.command("\(first) \($0)") }
      ?? registry.command(first)
  }

  /// The first command that makes an object out of one of a few words, of which this is one.
  private func maker(of word: String) -> Command<Context>? {
    registry.commands.first { command in
      guard command.result != nil, case .choice(let choices)? = command.parameters.first?.shape
      else { return false }
      return choices.contains { $0.word == word }
    }
  }
}

extension CommandStatement.Argument {
  /// The plain word that this is, if it has no name.
  fileprivate var word: String? { key == nil ? value.plainWord : nil }

  fileprivate static func word(_ word: String) -> Self {
    Self(key: nil, value: .word(word, at: Span(line: 1, column: 1, length: 1)))
  }
}

extension LanguageError.Fact {
  /// Whether the statement may be of another language: not where its words were understood.
  fileprivate var mayBeForeign: Bool {
    switch self {
    case .argument, .failed, .unknownVariable, .interrupted, .habit, .optionOfOthers,
      .repeatedOption, .abbreviatedDestruction, .ambiguousCommand, .unsupportedVersion,
      .functionTaken, .nestedTooDeeply, .tooManyRepetitions, .foreignForm,
      .operatorWithoutBlanks:
      false
    case .parentheses(_, let meant), .assignmentWithoutLet(_, let meant): meant == nil
    default: true
    }
  }
}
