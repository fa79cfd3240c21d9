extension Registry {
  /// Looks up a statement's verb, objects and variables, and checks its arguments.
  public func check(
    _ statement: CommandStatement, from source: Source, variables: Variables = Variables(),
    reading: Reading = .exact, in directory: some ObjectDirectory
  ) throws(LanguageError) -> CheckedCommand<Context> {
    let resolved = try resolve(statement, reading, in: source, directory)
    var binding = Binding(
      registry: self, resolved: resolved, statement: statement, source: source,
      variables: variables, reading: reading, directory: directory)
    return try binding.bind()
  }
}

/// The matching of one statement's words with a command's parameters.
struct Binding<Context: CommandContext> {
  let registry: Registry<Context>
  let command: Command<Context>
  let verbSpan: Span
  let given: [CommandStatement.Argument]
  let statement: CommandStatement
  let source: Source
  let variables: Variables
  let reading: Reading
  let directory: any ObjectDirectory

  var values: [String: any Sendable] = [:]
  var spans: [String: Span] = [:]
  var pairs: [Arguments.Pair] = []
  var replaces = false
  var format: String?
  /// The arguments with full option names.
  var expanded: [CommandStatement.Argument] = []

  init(
    registry: Registry<Context>, resolved: Registry<Context>.Resolved, statement: CommandStatement,
    source: Source, variables: Variables, reading: Reading, directory: any ObjectDirectory
  ) {
    self.registry = registry
    command = resolved.command
    verbSpan = resolved.verbSpan
    given = resolved.arguments
    self.statement = statement
    self.source = source
    self.variables = variables
    self.reading = reading
    self.directory = directory
  }

  mutating func bind() throws(LanguageError) -> CheckedCommand<Context> {
    if let parameter = command.parameters.first(where: { $0.shape == .command }) {
      return try bindCommand(to: parameter)
    }
    try bindWords(given.filter { $0.key == nil })
    let options = command.parameters.filter { $0.place == .option } + dependentOptions()
    for argument in given {
      if let key = argument.key {
        try bindOption(key, argument, options)
      } else {
        expanded.append(argument)
      }
    }
    for parameter in command.parameters + options {
      if parameter.isRequired, values[parameter.name] == nil { throw missing(parameter) }
    }
    return try checked()
  }

  // MARK: Words

  private mutating func bindWords(
    _ words: [CommandStatement.Argument]
  ) throws(LanguageError) {
    var open = command.parameters.filter { $0.place == .positional }
    let rest = command.parameters.first { $0.place == .rest }
    // Where any words may stand, those of other tools may too.
    let takesAnyWords = rest.map { [.words, .path].contains($0.shape) } ?? false
    for word in words {
      if !takesAnyWords, let mark = word.value.plainWord,
        let hint = registry.hint(for: mark, at: .argument)
      {
        throw LanguageError(.habit(mark, .argument, hint: hint), at: word.span, in: source)
      }
      let operand = try variables.evaluate(word.value, in: source)
      if let rest, open.isEmpty {
        let earlier = values[rest.name] as? [Operand] ?? []
        values[rest.name] = earlier + [operand]
        spans[rest.name] = spans[rest.name]?.joined(to: operand.span) ?? operand.span
        continue
      }
      guard !open.isEmpty else { throw surplus(operand) }
      open.removeFirst(try bindWord(operand, to: open) + 1)
    }
  }

  /// Takes the first open parameter that fits, past optional ones that do not; gives its index.
  private mutating func bindWord(
    _ operand: Operand, to open: [any AnyParameter]
  ) throws(LanguageError) -> Int {
    var firstProblem: LanguageError?
    for (index, parameter) in open.enumerated() {
      do {
        values[parameter.name] = try parameter.read(operand, directory)
        spans[parameter.name] = operand.span
        return index
      } catch {
        let problem = invalidValue(error, option: nil)
        firstProblem = firstProblem ?? problem
        if parameter.isRequired { break }
      }
    }
    throw firstProblem ?? surplus(operand)
  }

  func invalidValue(_ problem: ValueProblem, option: String?) -> LanguageError {
    var fact = problem.fact
    if case .wrongType(let expected, let found) = fact,
      let word = variables.names.first(where: { "'\($0)'" == found })
    {
      fact = .variableWithoutSign(word, expected: expected)
    }
    if case .unknownChoice(let word, let choices, _) = fact, let meant = exchanged(word, choices) {
      fact = .unknownChoice(word, choices: choices, suggestion: meant)
    }
    return LanguageError(
      .invalidValue(option: option, command: command.verb, fact), at: problem.span, in: source)
  }

  /// The statement with an object and the word that should stand in its place exchanged: `expect
  /// accuracy net` for `expect net accuracy`.
  private func exchanged(_ word: String, _ choices: [String]) -> String? {
    guard directory.kind(of: word) != nil,
      let object = given.firstIndex(where: { $0.key == nil && $0.value.plainWord == word }),
      let choice = given.firstIndex(where: {
        $0.key == nil && $0.value.plainWord.map(choices.contains) == true
      })
    else { return nil }
    var words = given
    words.swapAt(object, choice)
    return ([command.verb] + words.map { "\($0)" }).joined(separator: " ")
  }

  private func surplus(_ operand: Operand) -> LanguageError {
    let options = command.parameters.filter { $0.place == .option } + dependentOptions()
    if let word = operand.plainText, word.hasPrefix("-"),
      let option = options.first(where: { $0.name == word.drop { $0 == "-" } })
    {
      return LanguageError(
        .dashes(word, option: option.name, command: command.verb), at: operand.span, in: source)
    }
    if let word = operand.plainText, options.contains(where: { $0.name == word }) {
      return LanguageError(
        .missingValue(option: word), at: operand.span, in: source)
    }
    let fitting = options.filter {
      $0.isRequired && values[$0.name] == nil && (try? $0.read(operand, directory)) != nil
    }
    if fitting.count == 1 {
      return LanguageError(
        .optionWithoutName(option: fitting[0].name, command: command.verb), at: operand.span,
        in: source)
    }
    return LanguageError(
      .unexpectedArgument(
        operand.spelling, command: command.verb,
        suggestion: bracketed(operand)
          ?? relative(taking: operand).map { "\($0) \(operand.spelling)" }),
      at: operand.span, in: source)
  }

  /// The command with its last words as the list that they are meant for: `compare [a, b]` for
  /// `compare a b`; nil if a word too many is not of that kind.
  private func bracketed(_ operand: Operand) -> String? {
    let words = given.filter { $0.key == nil }.map { "\($0.value)" }
    let places = command.parameters.filter { $0.place == .positional }
    guard let last = places.last, last.shape.isList, values[last.name] != nil,
      places.allSatisfy({ values[$0.name] != nil }), (try? last.read(operand, directory)) != nil,
      !words[places.count - 1].hasPrefix("[")
    else { return nil }
    let list = "[" + words[(places.count - 1)...].joined(separator: ", ") + "]"
    return ([command.verb] + words[..<(places.count - 1)] + [list]).joined(separator: " ")
  }

  /// Of the related commands, the one of nearly the same verb that takes the word which this one,
  /// without words, does not: `lesson 3` for `lessons 3`.
  private func relative(taking operand: Operand) -> String? {
    guard command.parameters.allSatisfy({ $0.place == .option }) else { return nil }
    let related = command.seeAlso.filter { verb in
      let first = registry.command(verb)?.parameters.first { $0.place == .positional }
      return first.map { (try? $0.read(operand, directory)) != nil } ?? false
    }
    return Suggestion.nearest(to: command.verb, among: related)
  }
}

extension ValueShape {
  var isList: Bool {
    switch self {
    case .list: true
    case .either(let first, let second): first.isList || second.isList
    default: false
    }
  }
}
