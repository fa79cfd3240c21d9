/// Options that depend on a word of the command, such as a strategy's on its name.
public struct DependentOptions: Sendable {
  /// The name of the positional choice that decides.
  public let parameter: String
  let choices: [ValueShape.Choice]
  let resolve: @Sendable (String) -> [any AnyParameter]
  /// Why a word does not bring an option along, as a sentence; nil where that goes without saying.
  let reason: @Sendable (_ option: String, _ word: String) -> String?

  /// `resolve` gives the options for one word of the choice.
  public init(
    on parameter: Parameter<String>,
    reason: @escaping @Sendable (_ option: String, _ word: String) -> String? = { _, _ in nil },
    _ resolve: @escaping @Sendable (String) -> [any AnyParameter]
  ) {
    self.parameter = parameter.name
    self.reason = reason
    choices = if case .choice(let choices) = parameter.shape { choices } else { [] }
    self.resolve = resolve
  }

  public func parameters(for word: String) -> [any AnyParameter] { resolve(word) }

  /// What is wrong with an option that a word does not bring along; nil if no other word does.
  ///
  /// - Parameter option: Its name, or what other tools call it.
  public func absence(of option: String, from word: String) -> LanguageError.Fact? {
    let all = choices.map { (word: $0.word, options: resolve($0.word)) }
    func owners(_ isMeant: (any AnyParameter) -> Bool) -> (option: String, words: [String])? {
      guard let name = all.flatMap(\.options).first(where: isMeant)?.name else { return nil }
      return (name, all.filter { $0.options.contains { $0.name == name } }.map(\.word))
    }
    let found = owners { $0.name == option } ?? owners { $0.searchWords.contains(option) }
    guard let found, !found.words.contains(word) else { return nil }
    return .optionOfOthers(
      found.option, called: option, word: word, others: found.words,
      reason: reason(found.option, word))
  }
}

extension Command {
  /// The words that the decisive parameter may be, with their options; empty without any.
  public var dependentTopics: [(choice: ValueShape.Choice, options: [any AnyParameter])] {
    guard let options, parameters.contains(where: { $0.name == options.parameter }) else {
      return []
    }
    return options.choices.map { ($0, options.parameters(for: $0.word)) }
  }

  var positionals: [any AnyParameter] { places.positionals }

  /// The declared options, with those that a word of the decisive parameter brings along.
  func options(for word: String? = nil) -> [any AnyParameter] {
    guard let word, let options else { return places.options }
    return places.options + options.parameters(for: word)
  }

  static func universalOptions(makes: Bool, _ formats: [String]) -> [any AnyParameter] {
    var options: [any AnyParameter] = []
    if makes {
      options.append(
        Parameter.option(
          "replace", .flag, default: false, "Whether an object of the same name may be replaced."))
    }
    if !formats.isEmpty {
      options.append(
        Parameter<String?>.optional(
          "format", .choice(formats), "The format of the output (default: by the file's extension)."
        ))
    }
    return options
  }
}
