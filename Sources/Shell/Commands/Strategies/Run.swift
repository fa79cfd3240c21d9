import CommandLanguage
import Datasets
import Learning
import Metrics
import Networks
import Randomness
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
    for number in 1...count { objects["\(name)-\(number)"] = .run }
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
      let output = try context.goAll(arguments.resultName ?? "run", names, arguments)
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
    let network = try network(arguments[RunParameters.net].name)
    let sequence = try self.tasks(arguments[RunParameters.tasks].name)
    let data = try data(sequence.data)
    let options = StrategyParameters.values(of: strategy, in: arguments)
    try checkFits(network, data, batch: options[integer: "batch"])
    let seed =
      arguments[RunParameters.seed].map { Int(truncatingIfNeeded: $0) } ?? session.settings.seed
    let name = arguments.resultName ?? "run"
    let seeds = arguments[RunParameters.seeds]
    var runs: [(name: String, run: Run)] = []
    for number in 0..<seeds {
      let seed = seed &+ number
      do {
        let run = try Run(
          strategy, options: options,
          network: arguments[RunParameters.fresh] ? network.drawnAnew(seed: seed) : network,
          data: data,
          tasks: arguments[RunParameters.shuffle]
            ? sequence.sequence.shuffled(seed: seed) : sequence.sequence,
          seed: seed)
        runs.append((seeds == 1 ? name : "\(name)-\(number + 1)", run))
      } catch let objection as StrategyObjection {
        throw arguments.failure(at: RunParameters.net, objection.message)
      }
    }
    let names = runs.map(\.name)
    let old = seeds > 1 ? session.runs(of: name) : []
    if seeds > 1 {
      let others = names.filter { session[$0] != nil && !old.contains($0) }
      guard arguments.replaces || (others.isEmpty && old.isEmpty) else {
        throw arguments.failure(
          at: RunParameters.seeds, "there is \((others + old)[0]) already",
          help: "choose another name after 'as', or add replace=on")
      }
    }
    try askAboutReplacing()
    for name in old { session.remove(name) }
    var origin = RunOrigin(
      network: arguments[RunParameters.net].name, network,
      tasks: arguments[RunParameters.tasks].name, sequence.sequence)
    if arguments[RunParameters.fresh] { origin.hasFreshWeights = true }
    for (member, run) in runs {
      var origin = origin
      if arguments[RunParameters.shuffle] {
        origin.shuffled = sequence.sequence.shuffled(seed: run.setup.seed)
      }
      session.set(
        member,
        to: .run(
          RunOnData(
            run, on: sequence.data, origin: origin, group: seeds > 1 ? name : nil)))
    }
    currentRun = names.first
    return names
  }

  /// Advances runs one after the other to their ends, and says what came of them.
  ///
  /// - Parameter group: Their common name, or the name of the only one.
  mutating func goAll(
    _ group: String, _ names: [String], _ arguments: Arguments
  ) throws -> CommandOutput {
    guard names.count > 1 else {
      return try go(names.first ?? "run", arguments) { _ in false }
    }
    for name in names where try !run(name).run.isFinished {
      let output = try go(name, arguments) { _ in false }
      if try !run(name).run.isFinished { return output }
    }
    let set = RunSet(
      name: group, runs: try names.map { ($0, try run($0).run) })
    var output = CommandOutput(table: comparisonTable([set]), warnings: tableNotes(on: [set]))
    output.lines = names.map { described($0) }
    output.record = RunsRecord(runs: set.runs.map { RunRecord($0.name, $0.run) })
    return output
  }

  /// Advances a run of the session and says what came of it.
  mutating func go(
    _ name: String, _ arguments: Arguments, until stop: (Event) -> Bool
  ) throws -> CommandOutput {
    var object = try run(name)
    let data = try data(object.data)
    currentRun = name
    let (context, start) = (self, object.run)
    var wasStopped = false
    var failure: Failure?
    do {
      wasStopped = try work(on: &object, data, named: name, label: name, until: stop) {
        context.scripted(name, from: start, to: $0)
      }
    } catch let divergence as Divergence {
      failure = divergence.failure
    }
    let isUnchanged = failure != nil && object.run.place == start.place
    if !isUnchanged {
      object.keepCheckpoint()
      session.set(name, to: .run(object))
    }
    var output = report(of: name, object.run)
    let place = "\(object.run.placeInWords) (\(name)\(object.run.place))"
    if failure != nil {
      output.scripted = scripted(name, from: start, to: object.run)
      output.failure = failure
      if object.run.history.steps > 0 {
        output.failure?.message += "; '\(name)' is kept as it was \(place)"
      }
    } else if wasStopped {
      output.scripted = scripted(name, from: start, to: object.run)
      output.notes.append("stopped \(place): 'continue \(name)' goes on from there")
    }
    return output
  }

  /// Commands that do what the command under way has done so far with a run.
  private func scripted(_ name: String, from start: Run, to run: Run) -> [String] {
    var commands: [String] = []
    if var statement = running, statement.verb.value == "run" {
      statement.verb.value = "begin"
      let group = (try? self.run(name).group) ?? nil
      statement.resultName = .word(group ?? name, at: statement.verb.span)
      statement.output = nil
      commands.append("\(statement)")
      for member in group.map({ session.runs(of: $0) }) ?? [] where member != name {
        guard let other = try? self.run(member), other.run.isFinished else { continue }
        commands.append("continue \(member)")
      }
    }
    if run.isBetweenTasks, run.tasksDone > start.tasksDone {
      commands.append("continue \(name) until=\(run.tasksDone)")
    } else if run.history.steps > start.history.steps {
      commands.append("step \(name) \(run.history.steps - start.history.steps) unit=batch")
    }
    return commands
  }

  /// A run's accuracies so far.
  func report(of name: String, _ run: Run) -> CommandOutput {
    let rows = run.history.evaluations.enumerated().map { task, evaluation -> [Table.Cell] in
      let epoch = run.history.epochs.last { $0.task == task && $0.purpose == .learn }
      return [
        .integer(task + 1), .integer(evaluation.classes.count),
        .percent(epoch?.accuracyIfAny),
        .percent(evaluation.accuracy), .percent(evaluation.macroAccuracy),
      ]
    }
    let title =
      session[name] == nil ? "\(name): \(describe(run))" : described(name)
    return CommandOutput(
      "\(title), \(fixed(run.seconds.value, 1)) s",
      table: Table(
        [
          "task", Table.Column("classes so far", key: "classes_seen"),
          Table.Column("train %", key: "train_accuracy"), Table.Column("test %", key: "accuracy"),
          Table.Column("macro %", key: "accuracy_macro"),
        ], rows: rows
      ).showing(name, run), warnings: notes(on: name, run), record: RunRecord(name, run))
  }
}

private struct RunsRecord: Encodable {
  var runs: [RunRecord]
}

extension Network {
  /// The same layers with weights drawn anew (Xavier), as the notebook does for its upper bound.
  fileprivate func drawnAnew(seed: Int) -> Network {
    var network = self
    network.initialize(
      .xavier, random: RandomStream(seed: UInt64(bitPattern: Int64(seed))).stream("fresh"))
    return network
  }
}
