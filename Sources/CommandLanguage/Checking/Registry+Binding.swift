/// A command with its arguments, ready to run.
public struct CheckedCommand<Context: CommandContext>: Sendable {
  public let command: Command<Context>
  public var arguments: Arguments
  /// The statement with full names, as it goes into history and scripts.
  public let statement: CommandStatement
  /// The same with the values of its references in their place, as a journal keeps it.
  public let evaluated: CommandStatement
  /// The command that this one carries out, as `time` does; none or one.
  let carriedOut: [CheckedCommand<Context>]

  /// The command that does the work: this one, or the one that it carries out.
  public var acting: CheckedCommand<Context> { carriedOut.first?.acting ?? self }

  /// Whether it carries out another command, whose words stand behind its own verb.
  public var carriesOut: Bool { !carriedOut.isEmpty }

  /// The objects that it will make, as far as their names are known before it runs.
  var creates: [String: ObjectKind] {
    let (command, arguments) = (acting.command, acting.arguments)
    if let objects = command.naming?(arguments) { return objects }
    guard let kind = command.result, let name = arguments.resultName else { return [:] }
    return [name: kind]
  }

  /// Runs the body; an error that it throws is put into words and given its place.
  public func run(in context: inout Context) throws(LanguageError) -> Context.Output {
    let failure: Failure
    do {
      return try command.run(&context, arguments)
    } catch let error as LanguageError {
      throw error
    } catch let error as Failure {
      failure = error
    } catch {
      failure = context.describe(error)
    }
    var complete = failure
    if complete.help == nil { complete.help = "help \(command.verb)" }
    let span = failure.parameter.map { arguments.span(of: $0) } ?? arguments.verbSpan
    throw LanguageError(.failed(complete), at: span, in: arguments.source)
  }
}

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
private struct Binding<Context: CommandContext> {
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
    for word in words {
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

  private func invalidValue(_ problem: ValueProblem, option: String?) -> LanguageError {
    var fact = problem.fact
    if case .wrongType(let expected, let found) = fact,
      let word = variables.names.first(where: { "'\($0)'" == found })
    {
      fact = .variableWithoutSign(word, expected: expected)
    }
    return LanguageError(
      .invalidValue(option: option, command: command.verb, fact), at: problem.span, in: source)
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
      .unexpectedArgument(operand.spelling, command: command.verb), at: operand.span, in: source)
  }

  // MARK: Options

  private func dependentOptions() -> [any AnyParameter] {
    guard let options = command.options, let word = values[options.parameter] as? String else {
      return []
    }
    return options.parameters(for: word)
  }

  private mutating func bindOption(
    _ key: Located<String>, _ argument: CommandStatement.Argument, _ options: [any AnyParameter]
  ) throws(LanguageError) {
    let operand = try variables.evaluate(argument.value, in: source)
    let universal = universalOptions()
    let all = options + universal
    guard let parameter = try option(key, among: all) else {
      if command.pairs != nil {
        guard !pairs.contains(where: { $0.key == key }) else {
          throw LanguageError(.repeatedOption(key.value), at: key.span, in: source)
        }
        pairs.append(Arguments.Pair(key: key, operand: operand))
        expanded.append(argument)
        return
      }
      throw unknownOption(key, among: all)
    }
    guard spans[parameter.name] == nil else {
      throw LanguageError(.repeatedOption(parameter.name), at: key.span, in: source)
    }
    let value: any Sendable
    do {
      value = try parameter.read(operand, directory)
    } catch {
      throw invalidValue(error, option: parameter.name)
    }
    values[parameter.name] = value
    spans[parameter.name] = operand.span
    if universal.contains(where: { $0.name == parameter.name }) {
      if let flag = value as? Bool { replaces = flag }
      if let word = value as? String { format = word }
    }
    expanded.append(
      CommandStatement.Argument(key: Located(parameter.name, at: key.span), value: argument.value))
  }

  /// `replace=` for commands that make objects, `format=` for commands that write.
  private func universalOptions() -> [any AnyParameter] {
    UniversalOptions.parameters(of: command).filter { universal in
      !command.parameters.contains { $0.name == universal.name }
    }
  }

  private func option(
    _ key: Located<String>, among options: [any AnyParameter]
  ) throws(LanguageError) -> (any AnyParameter)? {
    if let exact = options.first(where: { $0.name == key.value }) { return exact }
    guard reading == .abbreviated, !command.isDestructive, command.pairs == nil else { return nil }
    if let known = options.first(where: { $0.searchWords.contains(key.value) }) { return known }
    let matches = options.filter { $0.name.hasPrefix(key.value) }
    if matches.count > 1 {
      throw LanguageError(
        .ambiguousOption(key.value, command: command.verb, candidates: matches.map(\.name)),
        at: key.span, in: source)
    }
    return matches.first
  }

  private func unknownOption(
    _ key: Located<String>, among options: [any AnyParameter]
  ) -> LanguageError {
    let words = command.parameters.filter { $0.place == .positional }
    let suggestion =
      options.first { $0.searchWords.contains(key.value) }?.name
      ?? Suggestion.nearest(to: key.value, among: options.map(\.name))
    if suggestion == nil, words.contains(where: { $0.name == key.value }) {
      return LanguageError(
        .unexpected("'\(key.value)=': write the value of '\(key.value)' without its name"),
        at: key.span, in: source)
    }
    return LanguageError(
      .unknownOption(key.value, command: command.verb, suggestion: suggestion), at: key.span,
      in: source)
  }

  private func missing(_ parameter: any AnyParameter) -> LanguageError {
    let isOption = parameter.place == .option
    let form =
      isOption
      ? "\(parameter.name)=\(parameter.shape.placeholder)" : parameter.name.uppercased()
    return LanguageError(
      .missingArgument(
        LanguageError.Usage(
          name: parameter.name, isOption: isOption, form: form, help: parameter.help),
        command: command.verb),
      at: verbSpan, in: source)
  }

  // MARK: Result and output

  private func checked() throws(LanguageError) -> CheckedCommand<Context> {
    var resultName: String?
    if let expression = statement.resultName {
      let operand = try variables.evaluate(expression, in: source)
      guard command.result != nil else {
        throw LanguageError(.noResult(command: command.verb), at: operand.span, in: source)
      }
      guard isObjectName(operand.spelling) else {
        throw LanguageError(.invalidName(operand.spelling), at: operand.span, in: source)
      }
      resultName = operand.spelling
    }
    let arguments = Arguments(
      verb: command.verb, source: source, variables: variables, verbSpan: verbSpan, values: values,
      spans: spans,
      pairs: pairs,
      resultName: resultName ?? command.result.map { directory.freeName(for: $0) },
      isResultNamed: resultName != nil, replaces: replaces, output: try output(), format: format)
    return try checked(arguments)
  }

  private func checked(
    _ arguments: Arguments, carryingOut inner: [CheckedCommand<Context>] = []
  ) throws(LanguageError) -> CheckedCommand<Context> {
    let statement = canonical()
    return CheckedCommand(
      command: command, arguments: arguments, statement: statement,
      evaluated: try variables.evaluated(statement, in: source), carriedOut: inner)
  }

  private func output() throws(LanguageError) -> Arguments.Output? {
    guard let output = statement.output else { return nil }
    let operand = try variables.evaluate(output.file, in: source)
    guard !command.formats.isEmpty else {
      throw LanguageError(.noOutput(command: command.verb), at: operand.span, in: source)
    }
    guard let path = try? ValueKind<String>.path.read(operand, directory), !path.isEmpty else {
      throw LanguageError(.missingFile, at: operand.span, in: source)
    }
    let result = Arguments.Output(path: path, appends: output.appends, span: operand.span)
    if format == nil, !command.formats.contains(result.ending) {
      // As 'plot confusion' is to 'confusion'.
      let other = registry.commands.first {
        $0.verb.hasSuffix(" \(command.verb)") && $0.formats.contains(result.ending)
      }
      throw LanguageError(
        .unsupportedFormat(
          result.ending, command: command.verb, known: command.formats, other: other?.verb),
        at: operand.span, in: source)
    }
    return result
  }

  private func canonical() -> CommandStatement {
    let words = command.verb.split(separator: " ")
    var statement = statement
    statement.verb.value = String(words[0])
    let second = words.dropFirst().map {
      CommandStatement.Argument(
        key: nil, value: Expression.word(String($0), at: verbSpan))
    }
    statement.arguments = second + expanded
    return statement
  }

  // MARK: Commands in commands

  private mutating func bindCommand(
    to parameter: any AnyParameter
  ) throws(LanguageError) -> CheckedCommand<Context> {
    guard let first = given.first else { throw missing(parameter) }
    guard first.key == nil, let verb = first.value.plainWord else {
      throw LanguageError(
        .expected("a command", found: "'\(first.value)'"), at: first.span, in: source)
    }
    let inner = CommandStatement(
      verb: Located(verb, at: first.value.span), arguments: Array(given.dropFirst()),
      resultName: statement.resultName, output: statement.output)
    let meant = try registry.resolve(inner, reading, in: source, directory).command
    guard meant.verb != command.verb else {
      throw LanguageError(
        .unexpectedArgument(verb, command: command.verb), at: first.span, in: source)
    }
    let checkedInner = try registry.check(
      inner, from: source, variables: variables, reading: reading, in: directory)
    values[parameter.name] = checkedInner.statement
    spans[parameter.name] = first.span
    expanded = [
      CommandStatement.Argument(
        key: nil, value: .word(checkedInner.statement.verb.value, at: first.value.span))
    ]
    expanded += checkedInner.statement.arguments
    // Name and file of the result are the inner command's.
    let result = checkedInner.arguments
    let arguments = Arguments(
      verb: command.verb, source: source, variables: variables, verbSpan: verbSpan, values: values,
      spans: spans,
      pairs: [], resultName: result.resultName, isResultNamed: result.isResultNamed,
      replaces: result.replaces, output: result.output, format: result.format)
    return try checked(arguments, carryingOut: [checkedInner])
  }
}

/// Options that follow from what a command does.
enum UniversalOptions {
  static let replace = Parameter<Bool>.option(
    "replace", .flag, default: false, "Whether an object of the same name may be replaced.")

  static func parameters<Context>(of command: Command<Context>) -> [any AnyParameter] {
    var parameters: [any AnyParameter] = []
    if command.result != nil { parameters.append(replace) }
    if !command.formats.isEmpty {
      parameters.append(
        Parameter<String?>.optional(
          "format", .choice(command.formats), "The form of the output; else the file's ending."))
    }
    return parameters
  }
}
