import CommandLanguage
import Experiments
import Learning
import Sessions

/// What `run` and `begin` are told besides the strategy's options.
private enum RunParameters {
  static let net = Parameter.positional(
    "net", .object(.network), "The network to start from; it stays as it is.")
  static let tasks = Parameter.required(
    "on", .object(.tasks, .task), "The task sequence.")
  static let seed = Parameter.optional(
    "seed", .seed, "What everything random follows from; else the session's.")
  static let seeds = Parameter.option(
    "seeds", .integer(1...1000), default: 1,
    "Runs with the seeds seed, seed + 1, …: kd-1, kd-2, … that compare shows as one.")
  static let fresh = Parameter.option(
    "fresh", .flag, default: false, "Draw the network's weights anew from the seed.")
  static let shuffle = Parameter.option(
    "shuffle", .flag, default: false, "Deal the classes out to the tasks anew by the seed.")
  static let all: [any AnyParameter] = [
    StrategyParameters.strategy, net, tasks, seed, seeds, fresh, shuffle,
  ]

  /// The runs that a command makes: one, or one for each seed with their common name.
  @Sendable static func objects(_ arguments: Arguments) -> [String: ObjectKind]? {
    let count = arguments[seeds]
    guard count > 1, let name = arguments.resultName else { return nil }
    var objects = [name: ObjectKind.runs]
    for member in SeedGroup.names(name, count: count) { objects[member] = .run }
    return objects
  }
}

extension Command<ShellContext> {
  static var run: ShellCommand {
    ShellCommand(
      "run", "Teaches a network all tasks, one after the other.", category: .strategies,
      searchWords: ["incremental_learning"],
      parameters: RunParameters.all,
      options: StrategyParameters.options, result: .run,
      formats: .table,
      effects: [.writesLogs],
      examples: [
        Example("run finetune net on=T epochs=5 as ft", "Forgetting: accuracy falls task by task."),
        Example(
          "run rehearsal-kd net on=T batch=16 memory=200 temperature=2 as kd", "Exemplars help."),
        Example("run joint net on=T once=on as ub", "The upper bound over all classes."),
        Example("run finetune net on=T seeds=3 shuffle=on as many", "many-1, many-2 and many-3."),
      ],
      seeAlso: ["strategies", "begin", "compare", "plot accuracy"],
      discussion: """
        Ctrl-C stops after the current batch and keeps the run: 'continue' goes on from there. \
        'strategies' lists what there is, 'help rehearsal-kd' every option of one.

        A seed decides the order of the images, what is drawn of the heads and of the memory; with \
        fresh=on the network's first weights, with shuffle=on which classes make up which task. \
        With seeds=3 and 'as kd' there are three runs, kd-1, kd-2 and kd-3; 'compare kd' and \
        'plot accuracy kd' show their mean and standard deviation.
        """,
      naming: RunParameters.objects
    ) { context, arguments in
      let (session, current) = (context.session, context.currentRun)
      let names = try context.prepareRuns(arguments)
      let output = try context.goAll(
        arguments.resultName ?? "run", names, begun: context.running)
      if let failure = output.failure,
        try names.allSatisfy({ try context.run($0).run.history.steps == 0 })
      {
        // Nothing was learned: a statement that fails changes nothing.
        (context.session, context.currentRun) = (session, current)
        throw failure
      }
      return output
    }
  }

  static var begin: ShellCommand {
    ShellCommand(
      "begin", "Makes a run that stops before its first batch, to be stepped.",
      category: .strategies, parameters: RunParameters.all,
      options: StrategyParameters.options, result: .run,
      examples: [Example("begin rehearsal-kd net on=T as kd", "Then: step, continue, status.")],
      seeAlso: ["step", "continue", "run"],
      naming: RunParameters.objects
    ) { context, arguments in
      let names = try context.prepareRuns(arguments)
      var output = CommandOutput(record: names.first.flatMap { context.record(of: $0) })
      output.lines = names.map { context.described($0) }
      return output
    }
  }
}

extension ShellContext {
  /// Makes the runs that the arguments ask for, one for each seed.
  ///
  /// - Returns: Their names.
  fileprivate mutating func prepareRuns(_ arguments: Arguments) throws -> [String] {
    let word = arguments[StrategyParameters.strategy]
    guard let strategy = Strategies.named(word) else {
      throw arguments.failure(at: StrategyParameters.strategy, "there is no strategy '\(word)'")
    }
    let (net, on) = (arguments[RunParameters.net].name, arguments[RunParameters.tasks].name)
    let (network, tasks) = (try network(net), try self.tasks(on))
    let data = try data(tasks.data)
    let options = StrategyParameters.values(of: strategy, in: arguments)
    try checkFits(network, data, batch: options[integer: "batch"])
    let group = SeedGroup(
      strategy, options: options, network: (net, network), tasks: (on, tasks),
      seed: seed(arguments[RunParameters.seed]), count: arguments[RunParameters.seeds],
      drawsWeights: arguments[RunParameters.fresh],
      shufflesClasses: arguments[RunParameters.shuffle])
    let name = arguments.resultName ?? "run"
    let runs: [(name: String, run: RunOnData)]
    do {
      runs = try group.runs(named: name, on: data)
    } catch let objection as StrategyObjection {
      throw arguments.failure(at: RunParameters.net, objection.message)
    }
    let names = runs.map(\.name)
    let old = group.count > 1 ? session.runs(of: name) : []
    if group.count > 1 {
      let others = names.filter { session[$0] != nil && !old.contains($0) }
      guard arguments.replaces || (others.isEmpty && old.isEmpty) else {
        throw arguments.failure(
          at: RunParameters.seeds, "there is \((others + old)[0]) already",
          help: "choose another name after 'as', or add replace=on")
      }
    }
    try askAboutReplacing()
    for name in old { session.remove(name) }
    for (member, run) in runs { session.set(member, to: .run(run)) }
    currentRun = names.first
    return names
  }
}
