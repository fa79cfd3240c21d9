import CommandLanguage
import Learning

/// A strategy's options as parameters of `run` and `begin`.
enum StrategyParameters {
  /// Those that go before the strategy's own.
  static let strategy = Parameter.positional(
    "strategy",
    .choice(Strategies.all.map { .init($0.description.name, $0.description.idea) }),
    "How the network is taught.")

  static let options = DependentOptions(on: strategy) { name in
    (Strategies.named(name)?.description.options ?? []).map(parameter)
  }

  /// The same, each with a list of values to be tried.
  static let candidates = DependentOptions(on: strategy) { name in
    (Strategies.named(name)?.description.options ?? []).map(candidateParameter)
  }

  private static func parameter(_ option: StrategyOption) -> any AnyParameter {
    let (summary, words) = words(of: option)
    return switch option.kind {
    case .integer(let standard, let range):
      Parameter.option(
        option.name, .integer(range), default: standard, summary, searchWords: words)
    case .real(let standard, let range):
      Parameter.option(
        option.name, .real(range), default: standard, summary, searchWords: words)
    case .flag(let standard):
      Parameter.option(option.name, .flag, default: standard, summary, searchWords: words)
    case .choice(let standard, let choices):
      Parameter.option(
        option.name, .choice(choices), default: standard, summary, searchWords: words)
    }
  }

  private static func candidateParameter(_ option: StrategyOption) -> any AnyParameter {
    let (summary, words) = words(of: option)
    let count = 1...candidateLimit
    return switch option.kind {
    case .integer(let standard, let range):
      Parameter.option(
        option.name, .list(of: .integer(range), count: count), default: [standard], summary,
        searchWords: words)
    case .real(let standard, let range):
      Parameter.option(
        option.name, .list(of: .real(range), count: count), default: [standard], summary,
        searchWords: words)
    case .flag(let standard):
      Parameter.option(
        option.name, .list(of: .flag, count: count), default: [standard], summary,
        searchWords: words)
    case .choice(let standard, let choices):
      Parameter.option(
        option.name, .list(of: .choice(choices), count: count), default: [standard], summary,
        searchWords: words)
    }
  }

  /// Values of one option, and combinations of all, that a search may try.
  static let candidateLimit = 1000

  /// The sentence of help, and what other tools call the option.
  private static func words(of option: StrategyOption) -> (summary: String, others: [String]) {
    (
      option.summary.prefix(1).uppercased() + option.summary.dropFirst() + ".",
      otherWords[option.name] ?? []
    )
  }

  /// What other tools call the options.
  private static let otherWords = [
    "epochs": ["num_epochs", "n_epochs"], "batch": ["batch_size"], "lr": ["learning_rate"],
    "memory": ["buffer", "buffer_size", "mem_size"], "temperature": ["T"],
    "per-class": ["samples_per_class"], "strength": ["lambda", "λ", "ewc_lambda", "si_lambda"],
    "decay": ["gamma"], "damping": ["xi"],
  ]

  /// The value of one option that was given as a pair.
  static func value(
    of pair: Arguments.Pair, for strategy: String, _ arguments: Arguments,
    in directory: some ObjectDirectory
  ) throws -> OptionValue {
    let known = Strategies.named(strategy)?.description.options ?? []
    guard let option = known.first(where: { $0.name == pair.key.value }) else {
      let fact =
        options.absence(of: pair.key.value, from: strategy)
        ?? .argument(
          .unknownOption(
            pair.key.value,
            suggestion: Suggestion.nearest(to: pair.key.value, among: known.map(\.name))),
          command: strategy)
      throw LanguageError(fact, at: pair.key.span, in: arguments.source)
    }
    let value: any Sendable
    do throws(ValueProblem) {
      value = try parameter(option).read(pair.operand, directory)
    } catch {
      throw LanguageError(
        .argument(.invalidValue(option: option.name, error.fact), command: strategy),
        at: error.span,
        in: arguments.source)
    }
    switch value {
    case let value as Int: return .integer(value)
    case let value as Double: return .real(value)
    case let value as Bool: return .flag(value)
    case let value as String: return .choice(value)
    default: return option.standard
    }
  }

  /// The values that were given or stand by default.
  static func values(of strategy: any Strategy.Type, in arguments: Arguments) -> OptionValues {
    var given: [String: OptionValue] = [:]
    for option in strategy.description.options {
      let parameter = parameter(option)
      switch parameter {
      case let parameter as Parameter<Int>: given[option.name] = .integer(arguments[parameter])
      case let parameter as Parameter<Double>: given[option.name] = .real(arguments[parameter])
      case let parameter as Parameter<Bool>: given[option.name] = .flag(arguments[parameter])
      case let parameter as Parameter<String>: given[option.name] = .choice(arguments[parameter])
      default: break
      }
    }
    return OptionValues(strategy.description.options, given: given)
  }

  /// The options for which candidates were given, in their order.
  static func given(of strategy: any Strategy.Type, in arguments: Arguments) -> [String] {
    strategy.description.options.filter { arguments.isGiven(candidateParameter($0)) }.map(\.name)
  }

  /// The values that were given for each option, or its default.
  static func candidates(
    of strategy: any Strategy.Type, in arguments: Arguments
  ) -> [(option: String, values: [OptionValue])] {
    strategy.description.options.map { option in
      let values: [OptionValue] =
        switch candidateParameter(option) {
        case let parameter as Parameter<[Int]>: arguments[parameter].map { .integer($0) }
        case let parameter as Parameter<[Double]>: arguments[parameter].map { .real($0) }
        case let parameter as Parameter<[Bool]>: arguments[parameter].map { .flag($0) }
        case let parameter as Parameter<[String]>: arguments[parameter].map { .choice($0) }
        default: [option.standard]
        }
      return (option.name, values)
    }
  }
}
