/// Arguments with a name: `epochs=5`.
extension Binding {
  /// - Parameter all: The command's options.
  mutating func bindOption(
    _ key: Located<String>, _ argument: CommandStatement.Argument, among all: [any AnyParameter]
  ) throws(LanguageError) {
    let operand = try evaluate(argument.value)
    guard let parameter = try option(key, among: all) else {
      if hasOpenOptions {
        arguments.later.insert(key.value)
        return
      }
      guard command.pairs != nil else { throw error(unknownOption(key, among: all), at: key.span) }
      if let table = command.pairsOf { try check(column: key.value, of: table, at: key.span) }
      guard !arguments.pairs.contains(where: { $0.key == key }) else {
        throw error(.repeatedOption(key.value), at: key.span)
      }
      arguments.pairs.append(Arguments.Pair(key: key, operand: operand))
      keep(argument, operand)
      return
    }
    guard arguments.spans[parameter.name] == nil else {
      throw error(.repeatedOption(parameter.name), at: key.span)
    }
    if operand.isLater {
      arguments.later.insert(parameter.name)
    } else {
      do {
        arguments.values[parameter.name] = try parameter.read(operand, directory)
      } catch {
        throw invalidValue(error, option: parameter.name)
      }
    }
    arguments.spans[parameter.name] = operand.span
    keep(
      CommandStatement.Argument(key: Located(parameter.name, at: key.span), value: argument.value),
      operand)
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
      throw error(.ambiguousOption(key.value, candidates: matches.map(\.name)), at: key.span)
    }
    return matches.first
  }

  private func unknownOption(
    _ key: Located<String>, among options: [any AnyParameter]
  ) -> LanguageError.Fact {
    let known = options.first { $0.searchWords.contains(key.value) }?.name
    if known == nil, let decisiveWord,
      let fact = command.options?.absence(of: key.value, from: decisiveWord)
    {
      return fact
    }
    if let known {
      let isDependent = !command.parameters.contains { $0.name == known }
      let owner = isDependent ? decisiveWord : nil
      return .argument(
        .otherName(key.value, option: known), command: owner ?? command.verb)
    }
    let suggestion =
      Suggestion.nearest(to: key.value, among: options.map(\.name))
      ?? Suggestion.nearest(to: key.value, among: options.flatMap(\.searchWords)).flatMap { word in
        options.first { $0.searchWords.contains(word) }?.name
      }
    if suggestion == nil, command.positionals.contains(where: { $0.name == key.value }) {
      return .unexpected("'\(key.value)=': write the value of '\(key.value)' without its name")
    }
    return .argument(.unknownOption(key.value, suggestion: suggestion), command: command.verb)
  }
}
