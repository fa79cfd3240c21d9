import CommandLanguage
import Learning
import Metrics
import Sessions

/// What `run` and `begin` are told besides the strategy's options.
private enum RunParameters {
  static let net = Parameter.positional(
    "net", .object(.network), "The network to start from; it stays as it is.")
  static let tasks = Parameter.required(
    "on", .object(.tasks, .task), "The task sequence.")
  static let seed = Parameter.optional(
    "seed", .seed, "What everything random follows from; else the session's.")
  static let all: [any AnyParameter] = [StrategyParameters.strategy, net, tasks, seed]
}

extension Command<ShellContext> {
  static var run: ShellCommand {
    ShellCommand(
      "run", "Teaches a network all tasks, one after the other.", category: .strategies,
      searchWords: ["incremental_learning"],
      parameters: RunParameters.all,
      options: StrategyParameters.options, result: .run,
      formats: .table,
      examples: [
        Example("run finetune net on=T epochs=5 as ft", "Forgetting: accuracy falls task by task."),
        Example("run rehearsal-kd net on=T memory=200 temperature=2 as kd", "Exemplars help."),
        Example("run joint net on=T once=on as ub", "The upper bound over all classes."),
      ],
      seeAlso: ["strategies", "begin", "compare", "plot accuracy"],
      discussion: """
        Ctrl-C stops after the current batch and keeps the run: 'continue' goes on from there. \
        'strategies' lists what there is, 'help rehearsal-kd' every option of one.
        """
    ) { context, arguments in
      try context.prepareRun(arguments)
      return try context.go(arguments.resultName ?? "run", arguments) { _ in false }
    }
  }

  static var begin: ShellCommand {
    ShellCommand(
      "begin", "Makes a run that stops before its first batch, to be stepped.",
      category: .strategies, parameters: RunParameters.all,
      options: StrategyParameters.options, result: .run,
      examples: [Example("begin rehearsal-kd net on=T as kd", "Then: step, continue, status.")],
      seeAlso: ["step", "continue", "run"]
    ) { context, arguments in
      try context.prepareRun(arguments)
      let name = arguments.resultName ?? "run"
      return CommandOutput(context.described(name), record: context.record(of: name))
    }
  }
}

extension ShellContext {
  fileprivate mutating func prepareRun(
    _ arguments: Arguments
  ) throws {
    let word = arguments[StrategyParameters.strategy]
    guard let strategy = Strategies.named(word) else {
      throw arguments.failure(at: StrategyParameters.strategy, "there is no strategy '\(word)'")
    }
    let network = try network(arguments[RunParameters.net].name)
    let sequence = try self.tasks(arguments[RunParameters.tasks].name)
    let data = try data(sequence.data)
    let options = StrategyParameters.values(of: strategy, in: arguments)
    try checkFits(network, data, batch: options[integer: "batch"])
    let run: Run
    do {
      run = try Run(
        strategy, options: options,
        network: network, data: data, tasks: sequence.sequence,
        seed: arguments[RunParameters.seed].map { Int(truncatingIfNeeded: $0) }
          ?? session.settings.seed)
    } catch let objection as StrategyObjection {
      throw arguments.failure(at: RunParameters.net, objection.message)
    }
    let name = arguments.resultName ?? "run"
    session.set(name, to: .run(RunOnData(run, on: sequence.data)))
    currentRun = name
  }

  /// Advances a run of the session and says what came of it.
  mutating func go(
    _ name: String, _ arguments: Arguments, until stop: (Event) -> Bool
  ) throws -> CommandOutput {
    var object = try run(name)
    let data = try data(object.data)
    currentRun = name
    let wasStopped = try advance(&object.run, data, label: name, until: stop)
    session.set(name, to: .run(object))
    var output = report(of: name, object.run)
    if wasStopped { output.notes.append("stopped: 'continue \(name)' goes on") }
    return output
  }

  /// A run's accuracies so far.
  func report(of name: String, _ run: Run) -> CommandOutput {
    let rows = run.history.evaluations.enumerated().map { task, evaluation -> [Table.Cell] in
      let epoch = run.history.epochs.last { $0.task == task && $0.purpose == .learn }
      return [
        .integer(task + 1), .integer(evaluation.classes.count),
        epoch.map { .number($0.accuracy, decimals: 2) } ?? .missing,
        .number(evaluation.accuracy, decimals: 2), .number(evaluation.macroAccuracy, decimals: 2),
      ]
    }
    return CommandOutput(
      "\(described(name)), \(fixed(run.seconds.value, 1)) s",
      table: Table(
        [
          "task", Table.Column("classes so far", key: "classes_seen"),
          Table.Column("train %", key: "train_accuracy"), Table.Column("test %", key: "accuracy"),
          Table.Column("macro %", key: "accuracy_macro"),
        ], rows: rows), record: RunRecord(name, run))
  }
}
