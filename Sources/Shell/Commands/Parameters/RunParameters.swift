import CommandLanguage
import Experiments
import Learning
import Sessions

/// What `run` and `begin` are told besides the strategy's options.
enum RunParameters {
  static let net = Parameter.positional(
    "net", .object(.network, .run, .checkpoint),
    "The network to start from, or that of a run; it stays as it is.")
  static let tasks = Parameter.required("on", .object(.tasks, .task), "The task sequence.")
  static let seed = Parameter.optional(
    "seed", .seed, "Random seed (default: the session's).",
    searchWords: ["random_state", "manual_seed"])
  static let seeds = Parameter.option(
    "seeds", .integer(1...1000), default: 1,
    "Runs with the seeds seed, seed + 1, …: kd-0, kd-1, … with one name for all, kd.",
    searchWords: ["n_seeds", "num_seeds", "repeats", "n_runs"])
  static let fresh = Parameter.option(
    "fresh", .flag, default: false, "Re-initialize the weights from the seed.")
  static let shuffle = Parameter.option(
    "shuffle", .flag, default: false, "Shuffle the classes across the tasks by the seed.")
  static let all: [any AnyParameter] = [
    StrategyParameters.strategy, net, tasks, seed, seeds, fresh, shuffle,
  ]

  /// The runs that a command makes: one, or one for each seed with their common name.
  @Sendable static func objects(
    _ arguments: Arguments, _ directory: any ObjectDirectory
  ) -> [String: ObjectKind]? {
    let count = arguments[seeds]
    guard count > 1, let name = arguments.resultName else { return nil }
    var objects = [name: ObjectKind.runs]
    let naming = naming(arguments)
    guard let seed = arguments[seed] ?? directory.seed ?? (naming == .numbers ? 0 : nil) else {
      return objects
    }
    for member in SeedGroup.names(
      name, seed: Int(truncatingIfNeeded: seed), count: count, by: naming)
    {
      objects[member] = .run
    }
    return objects
  }

  /// What the runs of several seeds are called by: in scripts of version 1 by their number.
  static func naming(_ arguments: Arguments) -> SeedGroup.Naming {
    arguments.source.version == 1 ? .numbers : .seeds
  }
}

extension ShellContext {
  /// Makes the runs that the arguments ask for, one for each seed.
  ///
  /// - Returns: Their names.
  mutating func prepareRuns(_ arguments: Arguments) throws -> [String] {
    let word = arguments[StrategyParameters.strategy]
    guard let strategy = Strategies.named(word) else { throw RunProblem.unknownStrategy(word) }
    let (net, on) = (arguments[RunParameters.net].name, arguments[RunParameters.tasks].name)
    let (network, tasks) = (try network(of: arguments[RunParameters.net]), try self.tasks(on))
    let data = try data(tasks.data)
    let options = try StrategyParameters.values(of: strategy, in: arguments)
    try checkFits(network, data, batch: options[integer: "batch"])
    let name = arguments.resultName ?? "run"
    let count = arguments[RunParameters.seeds]
    let runs: [(name: String, run: RunOnData)]
    do {
      runs = try SeedGroup.runs(
        named: name, strategy, options: options, network: (net, network), tasks: (on, tasks),
        on: data, seed: seed(arguments[RunParameters.seed]), count: count,
        namedBy: RunParameters.naming(arguments),
        drawsWeights: arguments[RunParameters.fresh],
        shufflesClasses: arguments[RunParameters.shuffle])
    } catch let objection as StrategyObjection {
      throw RunProblem.strategy(objection)
    }
    let names = runs.map(\.name)
    let old = count > 1 ? session.runs(of: name) : []
    if count > 1 {
      let others = names.filter { session[$0] != nil && !old.contains($0) }
      guard arguments.replaces || (others.isEmpty && old.isEmpty) else {
        throw RunProblem.nameTaken((others + old)[0])
      }
    }
    try askAboutReplacing()
    for name in old { session.remove(name) }
    for (member, run) in runs { session.set(member, to: .run(run)) }
    workspace.currentRun = names.first
    return names
  }
}
