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

  private static func parameter(_ option: StrategyOption) -> any AnyParameter {
    let summary = option.summary.prefix(1).uppercased() + option.summary.dropFirst() + "."
    let words = otherWords[option.name] ?? []
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

  /// What other tools call the options.
  private static let otherWords = [
    "epochs": ["num_epochs", "n_epochs"], "batch": ["batch_size"], "lr": ["learning_rate"],
    "memory": ["buffer", "buffer_size", "mem_size"], "temperature": ["T"],
    "per-class": ["samples_per_class"],
  ]

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
}
