/// What a checked statement makes and writes, and the statement of a command that carries out
/// another one.
extension Binding {
  mutating func checked() throws(LanguageError) -> CheckedCommand<Context> {
    arguments.resultName = try resultName()
    if let parameter = command.namedBy { try nameResult(by: parameter) }
    if arguments.resultName == nil, !command.resultIsOptional {
      arguments.resultName = command.result.map { directory.freeName(for: $0) }
    }
    if command.result != nil { arguments.replaces = arguments.values["replace"] as? Bool ?? false }
    if !command.formats.isEmpty { arguments.format = arguments.values["format"] as? String }
    arguments.output = try output()
    return try checkedCommand()
  }

  private func checkedCommand(
    carryingOut inner: [CheckedCommand<Context>] = []
  ) throws(LanguageError) -> CheckedCommand<Context> {
    var written = statement
    written.verb.value = String(command.words[0])
    var evaluated = try evaluation.evaluated(written)
    let second = command.words.dropFirst().map {
      CommandStatement.Argument(key: nil, value: .word(String($0), at: arguments.verbSpan))
    }
    written.arguments = second.isEmpty ? expanded : second + expanded
    evaluated.arguments = second.isEmpty ? self.evaluated : second + self.evaluated
    return CheckedCommand(
      command: command, arguments: arguments, statement: written, evaluated: evaluated,
      carriedOut: inner)
  }

  /// The name after `as`.
  private mutating func resultName() throws(LanguageError) -> String? {
    guard let expression = statement.resultName else { return nil }
    let operand = try evaluate(expression)
    guard command.result != nil else {
      throw error(.noResult, at: operand.span)
    }
    if operand.isLater {
      arguments.later.insert(Arguments.laterName)
      return nil
    }
    let name = objectName(of: operand.shown)
    guard isObjectName(name) else {
      throw error(.invalidName(operand.shown), at: operand.span)
    }
    return name
  }

  /// Takes the name of the result from a parameter, unless `as` gave one.
  private mutating func nameResult(by parameter: String) throws(LanguageError) {
    if arguments.later.contains(parameter) { arguments.later.insert(Arguments.laterName) }
    guard let name = arguments.values[parameter] as? String else { return }
    guard arguments.resultName == nil || arguments.resultName == name else {
      throw error(.surplus(name), at: arguments.span(of: parameter))
    }
    arguments.resultName = name
  }

  private mutating func output() throws(LanguageError) -> Arguments.Output? {
    guard let output = statement.output else { return nil }
    let operand = try evaluate(output.file)
    if operand.isLater {
      arguments.later.insert(Failure.output)
      return nil
    }
    guard !command.formats.isEmpty else {
      throw error(.noOutput, at: operand.span)
    }
    guard let path = try? ValueKind<String>.path.read(operand, directory), !path.isEmpty else {
      throw error(.missingFile, at: operand.span)
    }
    let result = Arguments.Output(path: path, appends: output.appends, span: operand.span)
    if arguments.format == nil, !command.formats.contains(result.ending) {
      let other = command.seeAlso.lazy.compactMap(registry.command).first {
        $0.formats.contains(result.ending)
          && $0.parameters.first?.shape == command.parameters.first?.shape
      }
      throw error(
        .unsupportedFormat(result.ending, known: command.formats, other: other?.verb),
        at: operand.span)
    }
    return result
  }

  mutating func bindCommand(
    to parameter: any AnyParameter
  ) throws(LanguageError) -> CheckedCommand<Context> {
    guard let first = given.first else { throw missing(parameter) }
    guard let words = statement.inner(given) else {
      throw error(.expected("a command", found: "'\(first.value)'"), at: first.span)
    }
    let meant = try registry.resolve(
      words, reading, in: arguments.source, directory, variables: arguments.variables
    ).command
    guard meant.verb != command.verb else {
      throw error(.surplus(words.verb.value), at: first.span)
    }
    let inner = try registry.check(
      words, from: arguments.source, variables: arguments.variables, reading: reading,
      in: directory)
    arguments.values[parameter.name] = inner.statement
    arguments.spans[parameter.name] = first.span
    let innerVerb = Expression.word(inner.statement.verb.value, at: first.value.span)
    let verb = CommandStatement.Argument(key: nil, value: innerVerb)
    expanded = [verb] + inner.statement.arguments
    evaluated = [verb] + inner.evaluated.arguments
    // Name and file of the result are the inner command's.
    arguments.resultName = inner.arguments.resultName
    arguments.replaces = inner.arguments.replaces
    arguments.output = inner.arguments.output
    arguments.format = inner.arguments.format
    return try checkedCommand(carryingOut: [inner])
  }
}
