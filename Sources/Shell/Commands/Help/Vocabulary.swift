import CommandLanguage

/// The words of the language and of all commands, for editors that colour scripts.
struct Vocabulary: Encodable {
  let keywords: [String]
  let operators: [String]
  let flags: [String]
  let units: [String]
  /// One or two words each.
  let verbs: [String]
  /// Names of options, with those that words such as strategies bring along.
  let options: [String]
  /// Words that arguments may be.
  let choices: [String]
  let functions: [String]

  init(_ registry: Registry<ShellContext>) {
    keywords = Keyword.allCases.filter { !$0.isOperator }.map(\.rawValue)
    operators = Keyword.allCases.filter(\.isOperator).map(\.rawValue)
    flags = Value.flagWords
    units = Value.durationUnits
    verbs = registry.commands.map(\.verb).sorted()
    let dependent = registry.commands.flatMap(\.dependentTopics)
    let parameters = registry.commands.flatMap(\.parameters) + dependent.flatMap(\.options)
    let options = parameters.filter { $0.place == .option }.map(\.name) + ["replace", "format"]
    self.options = Set(options).sorted()
    choices = Set(parameters.flatMap { $0.shape.words } + dependent.map(\.choice.word))
      .subtracting(flags).sorted()
    let functions = Function.all.map(\.name) + ObjectFunction.ofSessions.map(\.name)
    self.functions = Set(functions).sorted()
  }
}

extension ValueShape {
  /// The words that it knows: choices, and names of calls.
  fileprivate var words: [String] {
    switch self {
    case .choice(let choices): choices.map(\.word).filter { $0.first?.isLetter ?? false }
    case .calls(let signatures): signatures.map(\.name)
    case .list(let element, _): element.words
    case .either(let first, let second): first.words + second.words
    default: []
    }
  }
}
