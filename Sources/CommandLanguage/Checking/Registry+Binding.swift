extension Registry {
  /// Looks up a statement's verb, objects and variables, and checks its arguments.
  public func check(
    _ statement: CommandStatement, from source: Source, variables: Variables = Variables(),
    reading: Reading = .exact, in directory: some ObjectDirectory
  ) throws(LanguageError) -> CheckedCommand<Context> {
    let resolved = try resolve(statement, reading, in: source, directory, variables: variables)
    var binding = Binding(
      registry: self, command: resolved.command, given: resolved.arguments, statement: statement,
      reading: reading, directory: directory,
      arguments: Arguments(
        verb: resolved.command.verb, source: source, variables: variables,
        verbSpan: resolved.verbSpan))
    return try binding.bind()
  }
}

/// The matching of one statement's words with a command's parameters.
struct Binding<Context: CommandContext> {
  let registry: Registry<Context>
  let command: Command<Context>
  /// What stands behind the verb's words.
  let given: [CommandStatement.Argument]
  let statement: CommandStatement
  let reading: Reading
  let directory: any ObjectDirectory

  var arguments: Arguments
  /// The arguments with full option names.
  var expanded: [CommandStatement.Argument] = []
  /// The same with the values of their references in their place.
  var evaluated: [CommandStatement.Argument] = []

  mutating func bind() throws(LanguageError) -> CheckedCommand<Context> {
    if let parameter = command.places.command {
      return try bindCommand(to: parameter)
    }
    makeRoom()
    let words = try bindWords()
    let dependent = command.options == nil ? [] : options
    let all = command.options == nil ? command.ownOptions : dependent + command.universalOptions
    var place = 0
    for argument in given {
      if let key = argument.key {
        try bindOption(key, argument, among: all)
      } else {
        keep(argument, words[place])
        place += 1
      }
    }
    for parameter in command.places.required where isOpen(parameter) { throw missing(parameter) }
    for parameter in dependent where parameter.isRequired && isOpen(parameter) {
      throw missing(parameter)
    }
    try checkColumns()
    return try checked()
  }

  private mutating func makeRoom() {
    arguments.values.reserveCapacity(given.count)
    arguments.spans.reserveCapacity(given.count)
    expanded.reserveCapacity(given.count)
    evaluated.reserveCapacity(given.count)
  }

  /// Notes an argument as it is written in full, and as it is once it is worked out.
  mutating func keep(_ argument: CommandStatement.Argument, _ operand: Operand) {
    expanded.append(argument)
    var argument = argument
    if argument.value.isOpen { argument.value = Expression(operand) }
    evaluated.append(argument)
  }

  /// The command's options, with those that its words so far bring along.
  var options: [any AnyParameter] { command.options(for: decisiveWord) }

  /// The word on which options depend.
  var decisiveWord: String? {
    command.options.flatMap { arguments.values[$0.parameter] as? String }
  }

  func isOpen(_ parameter: any AnyParameter) -> Bool {
    arguments.values[parameter.name] == nil && !arguments.later.contains(parameter.name)
  }

  /// Whether only the run of the script tells which options there are.
  var hasOpenOptions: Bool {
    command.options.map { arguments.later.contains($0.parameter) } ?? false
  }

  func accepts(_ operand: Operand, _ parameter: any AnyParameter) -> Bool {
    (try? parameter.read(operand, directory)) != nil
  }

  var evaluation: Evaluation {
    Evaluation(arguments.variables, in: arguments.source, directory, ofArguments: true)
  }

  func evaluate(_ expression: Expression) throws(LanguageError) -> Operand {
    try evaluation.value(of: expression)
  }

  func error(_ fact: LanguageError.Fact, at span: Span) -> LanguageError {
    LanguageError(fact, at: span, in: arguments.source)
  }

  func error(_ fact: ArgumentFact, at span: Span) -> LanguageError {
    error(LanguageError.Fact.argument(fact, command: command.verb), at: span)
  }

  func missing(_ parameter: any AnyParameter) -> LanguageError {
    error(.missing(form: parameter.form, help: parameter.help), at: arguments.verbSpan)
  }

  func invalidValue(_ problem: ValueProblem, option: String?) -> LanguageError {
    var fact = problem.fact
    if case .wrongType(let expected, let found) = fact,
      let word = arguments.variables.names.first(where: { "'\($0)'" == found })
    {
      fact = .variableWithoutSign(word, expected: expected)
    }
    if case .wrongType(let expected, _) = fact, let call = call(at: problem.span) {
      fact = .callWithoutParentheses(call, expected: expected)
    }
    return error(
      .invalidValue(option: option, fact, meant: exchanged(fact) ?? namesake(fact)),
      at: problem.span)
  }

  /// A function's call that stands at a place, as it is written.
  private func call(at span: Span) -> String? {
    let text = String(
      arguments.source.line(span.line).dropFirst(span.column - 1).prefix(span.length))
    let name = text.prefix { $0 != "(" }
    guard text.hasPrefix("\(name)("), text.hasSuffix(")"),
      Function.named(String(name)) != nil || directory.isFunction(String(name))
        || directory.objectFunctions.contains(where: { $0.name == name })
    else { return nil }
    return text
  }

  /// The command that a word is the end of, where the verb that shows objects stands before it: `plot
  /// head kd` for `show head kd`; nil for other faults.
  private func namesake(_ fact: ValueFact) -> String? {
    guard command.verb == registry.objectVerb, case .unknownObject(let word, _, let known) = fact,
      given.first?.value.plainWord == word
    else { return nil }
    let meant =
      registry.elsewhere(called: "\(command.verb) \(word)")
      ?? registry.commands.first { $0.words.last.map(String.init) == word && $0.effect == .looks }
      ?? (Suggestion.nearest(to: word, among: known) == nil
        ? Suggestion.nearest(to: word, among: registry.continuations(of: command.verb))
          .flatMap { registry.command("\(command.verb) \($0)") } : nil)
    return meant.map { ([$0.verb] + given.dropFirst().map { "\($0)" }).joined(separator: " ") }
  }

  /// The statement with an object and the word that should stand in its place exchanged: `expect
  /// net accuracy` for `expect accuracy net`; nil for other faults.
  private func exchanged(_ fact: ValueFact) -> String? {
    guard case .unknownChoice(let word, let choices) = fact, directory.kind(of: word) != nil,
      let object = given.firstIndex(where: { $0.key == nil && $0.value.plainWord == word }),
      let choice = given.firstIndex(where: {
        $0.key == nil && $0.value.plainWord.map(choices.contains) == true
      })
    else { return nil }
    var words = given
    words.swapAt(object, choice)
    return ([command.verb] + words.map { "\($0)" }).joined(separator: " ")
  }
}
