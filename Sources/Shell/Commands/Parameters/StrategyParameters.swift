import CommandLanguage
import Learning

/// A strategy's options as parameters of `run` and `begin`.
enum StrategyParameters {
  /// Goes before the strategy's own.
  static let strategy = Parameter.positional(
    "strategy",
    .choice(Strategies.all.map { .init($0.description.name, $0.description.idea) }),
    "How the network is taught.")

  static let options = DependentOptions(on: strategy, reason: reason) { known($0).map(parameter) }

  /// The same, each with a list of values to be tried.
  static let candidates = DependentOptions(on: strategy, reason: reason) {
    known($0).map(candidateParameter)
  }

  /// Options that are about the images that a strategy keeps.
  private static let optionsOfMemory: Set<String> = [
    "memory", "per-class", "policy", "selection", "memory-from", "replay",
  ]

  /// Why a strategy lacks an option, where that is not seen from its name.
  @Sendable private static func reason(option: String, strategy: String) -> String? {
    let names = Set(known(strategy).map(\.name))
    return optionsOfMemory.contains(option) && names.isDisjoint(with: ["memory", "per-class"])
      ? "'\(strategy)' keeps no images" : nil
  }

  /// Values of one option, and combinations of all, that a search may try.
  static let candidateLimit = 1000

  private static func known(_ strategy: String) -> [StrategyOption] {
    Strategies.named(strategy)?.options ?? []
  }

  private static func parameter(_ option: StrategyOption) -> Parameter<OptionValue> {
    .option(
      option.name, option.valueKind, default: option.standard, option.sentence,
      searchWords: otherWords[option.name] ?? [])
  }

  private static func candidateParameter(_ option: StrategyOption) -> Parameter<[OptionValue]> {
    .option(
      option.name, .list(of: option.valueKind, count: 1...candidateLimit),
      default: [option.standard], option.sentence, searchWords: otherWords[option.name] ?? [])
  }

  /// What other tools call the options.
  private static let otherWords = [
    "epochs": ["num_epochs", "n_epochs", "max_epochs", "nb_epochs"],
    "steps": ["iters", "iterations", "num_steps", "n_steps", "max_steps"],
    "batch": ["batch_size", "batchsize", "bs", "train_mb_size"],
    "lr": ["learning_rate", "learning-rate", "eta", "init_lr"],
    "lr-step": ["step_size"], "lr-factor": ["lr_decay"],
    "schedule": ["scheduler", "lr_scheduler"], "optimizer": ["optim", "opt"],
    "weight-decay": ["weight_decay", "wd", "l2"], "momentum": ["mom"],
    "label-smoothing": ["label_smoothing"],
    "memory": [
      "buffer", "buffer_size", "mem_size", "memory_size", "exemplars", "memory-size",
      "rehearsal_size",
    ],
    "temperature": ["T", "tau", "kd_temperature"],
    "per-class": ["samples_per_class", "exemplars_per_class", "memory_per_class"],
    "replay": ["minibatch_size", "batch_size_mem", "mem_batch"],
    "strength": ["lambda", "λ", "ewc_lambda", "si_lambda", "reg_lambda", "e_lambda", "lamda"],
    "decay": ["gamma"], "damping": ["xi"], "alpha": ["α"], "beta": ["β"],
  ]

  /// The value of one option that was given as a pair.
  static func value(
    of pair: Arguments.Pair, for strategy: String, _ arguments: Arguments,
    in directory: some ObjectDirectory
  ) throws -> OptionValue {
    let known = known(strategy)
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
    do throws(ValueProblem) {
      let value = try parameter(option).read(pair.operand, directory)
      return value as? OptionValue ?? option.standard
    } catch {
      throw LanguageError(
        .argument(.invalidValue(option: option.name, error.fact), command: strategy),
        at: error.span,
        in: arguments.source)
    }
  }

  /// The values that were given or stand by default.
  ///
  /// - Throws: `RunProblem.exclusive` if one of two would count for nothing.
  static func values(
    of strategy: any Strategy.Type, in arguments: Arguments
  ) throws -> OptionValues {
    let options = strategy.options
    let given = options.map { ($0.name, arguments[parameter($0)]) }
    let values = OptionValues(options, given: Dictionary(uniqueKeysWithValues: given))
    try ExclusiveOptions.check(options.filter { arguments.isGiven(parameter($0)) }.map(\.name)) {
      [values.values[$0]]
    }
    return values
  }

  /// The options for which candidates were given, in their order.
  static func given(of strategy: any Strategy.Type, in arguments: Arguments) -> [String] {
    strategy.options.filter { arguments.isGiven(candidateParameter($0)) }.map(\.name)
  }

  /// The values that were given for each option, or its default.
  ///
  /// - Throws: `RunProblem.exclusive` if one of two would count for nothing.
  static func candidates(
    of strategy: any Strategy.Type, in arguments: Arguments
  ) throws -> [(option: String, values: [OptionValue])] {
    let candidates = strategy.options.map { ($0.name, arguments[candidateParameter($0)]) }
    try ExclusiveOptions.check(given(of: strategy, in: arguments)) { option in
      candidates.first { $0.0 == option }?.1 ?? []
    }
    return candidates
  }
}

extension StrategyOption {
  fileprivate var sentence: String { summary.prefix(1).uppercased() + summary.dropFirst() + "." }

  fileprivate var valueKind: ValueKind<OptionValue> {
    switch kind {
    case .integer(_, let range):
      ValueKind.integer(range).map(spelledBy: \.spelling) { .integer($0) }
    case .real(_, let range): ValueKind.real(range).map(spelledBy: \.spelling) { .real($0) }
    case .flag: ValueKind.flag.map(spelledBy: \.spelling) { .flag($0) }
    case .choice(_, let choices):
      ValueKind.choice(choices).map(spelledBy: \.spelling) { .choice($0) }
    }
  }
}
