/// Arguments with a name: `epochs=5`.
extension Binding {
  func dependentOptions() -> [any AnyParameter] {
    guard let options = command.options, let word = values[options.parameter] as? String else {
      return []
    }
    return options.parameters(for: word)
  }

  mutating func bindOption(
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
    guard reading == .abbreviated, command.effect != .destroys, command.pairs == nil else {
      return nil
    }
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
    let known = options.first { $0.searchWords.contains(key.value) }?.name
    if known == nil, let dependent = command.options,
      let word = values[dependent.parameter] as? String,
      let fact = dependent.absence(of: key.value, from: word)
    {
      return LanguageError(fact, at: key.span, in: source)
    }
    let suggestion = known ?? Suggestion.nearest(to: key.value, among: options.map(\.name))
    if suggestion == nil, words.contains(where: { $0.name == key.value }) {
      return LanguageError(
        .unexpected("'\(key.value)=': write the value of '\(key.value)' without its name"),
        at: key.span, in: source)
    }
    return LanguageError(
      .unknownOption(key.value, command: command.verb, suggestion: suggestion), at: key.span,
      in: source)
  }

  func missing(_ parameter: any AnyParameter) -> LanguageError {
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
          "format", .choice(command.formats),
          "The format of the output (default: by the file's extension)."))
    }
    return parameters
  }
}
