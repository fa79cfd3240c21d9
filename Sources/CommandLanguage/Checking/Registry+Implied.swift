/// Verbs whose second word may be left out: `plot results` for `plot table results`.
extension Registry {
  /// The command that is meant by what stands behind the first word of its verb.
  ///
  /// What is known only when a script runs is told apart by the options.
  func implied(
    by statement: CommandStatement, _ variables: Variables, in source: Source,
    _ directory: any ObjectDirectory
  ) -> Command<Context>? {
    let commands = impliedCommands(of: statement.verb.value)
    guard !commands.isEmpty, let first = statement.arguments.first, first.key == nil,
      let operand = try? Evaluation(variables, in: source, directory, ofArguments: true).value(
        of: first.value)
    else { return nil }
    let keys = statement.arguments.compactMap(\.key?.value)
    if let command = commands.first(where: { command in
      command.positionals.first.map { $0.shape.takes(operand, directory) } ?? false
    }) {
      // 'plot acc kd' may be the beginning of 'plot accuracy kd'.
      let isWhole = command.options().allSatisfy { !$0.isRequired || keys.contains($0.name) }
      let isBeginning = continuations(of: statement.verb.value).contains {
        operand.plainText.map($0.hasPrefix) ?? false
      }
      return isWhole || !isBeginning ? command : nil
    }
    let isKnown = operand.plainText.map { directory.kind(of: $0) != .unknown } ?? true
    guard operand.isLater || !isKnown || directory.isOpen else { return nil }
    return keys.isEmpty
      ? nil
      : commands.first { command in
        let options = (command.options() + command.universalOptions).map(\.name)
        return keys.allSatisfy(options.contains)
      }
  }

  func impliedCommands(of first: String) -> [Command<Context>] {
    commands.filter { $0.isImplied && $0.words[0] == first }
  }

  /// What may stand behind the first word of verbs: their second words, and what implies these.
  func secondWords(of first: String, in directory: any ObjectDirectory) -> [String] {
    continuations(of: first)
      + impliedCommands(of: first).flatMap { command -> [String] in
        switch command.positionals.first?.shape {
        case .choice(let choices): choices.map(\.word)
        case .object(let kinds): kinds.flatMap { directory.names(of: $0) }
        default: []
        }
      }
  }
}

extension ValueShape {
  /// Whether a value is plainly of this shape: an object of the kind, one of the words; of a list,
  /// one of its elements.
  fileprivate func takes(_ operand: Operand, _ directory: any ObjectDirectory) -> Bool {
    switch (self, operand.value) {
    case (.list(let element, _), .list(let operands)):
      operands.contains { element.takes($0, directory) }
    case (.choice(let choices), .word(let word)): choices.contains { $0.word == word }
    case (.object(let kinds), _):
      operand.plainText.flatMap { directory.kind(of: $0) }.map(kinds.contains) ?? false
    default: false
    }
  }
}
