/// What a checked statement makes and writes, and the statement of a command that carries out
/// another one.
extension Binding {
  func checked() throws(LanguageError) -> CheckedCommand<Context> {
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
      replaces: replaces, output: try output(), format: format)
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
      let other = command.seeAlso.lazy.compactMap(registry.command).first {
        $0.formats.contains(result.ending)
          && $0.parameters.first?.shape == command.parameters.first?.shape
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

  mutating func bindCommand(
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
      pairs: [], resultName: result.resultName,
      replaces: result.replaces, output: result.output, format: result.format)
    return try checked(arguments, carryingOut: [checkedInner])
  }
}
