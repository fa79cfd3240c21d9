import CommandLanguage
import Datasets
import Learning
import Sessions

extension Command<ShellContext> {
  static var step: ShellCommand {
    let run = Parameter.optionalPositional("run", .object(.run), "Which run; else the last one.")
    let count = Parameter.positional("n", .integer(1...1_000_000), default: 1, "How many.")
    let unit = Parameter.option(
      "unit", .choice(of: Run.Goal.Unit.self), default: .task, "What is counted.")
    return ShellCommand(
      "step", "Goes on with a run by some batches, epochs or tasks.", category: .strategies,
      searchWords: ["next"], parameters: [run, count, unit],
      formats: .table,
      effects: [.writesLogs],
      examples: [
        Example("step kd", "One task."), Example("step kd 3 unit=batch", "Three batches."),
      ],
      seeAlso: ["begin", "continue", "status"]
    ) { context, arguments in
      let name = try context.unfinishedRun(arguments[run])
      return try context.go(name, to: .more(arguments[count], arguments[unit]))
    }
  }

  static var continueRun: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run, .runs), "Which run, or runs of several seeds; else the last one.")
    let until = Parameter.optional("until", .integer(1...1000), "Stop when this task is done.")
    return ShellCommand(
      "continue", "Goes on with a run to its end, or to the end of a task.",
      category: .strategies, searchWords: ["resume"], parameters: [run, until],
      formats: .table,
      effects: [.writesLogs],
      examples: [
        Example("continue kd until=3", "Tasks up to the third."),
        Example("continue kd", "The rest."),
      ],
      seeAlso: ["step", "begin"]
    ) { context, arguments in
      let last = arguments[until]
      if let group = arguments[run], group.kind == .runs {
        guard last == nil else {
          throw arguments.failure(at: until, "'\(group.name)' is several runs; name one of them")
        }
        return try context.goAll(group.name, context.session.runs(of: group.name))
      }
      let name = try context.unfinishedRun(arguments[run])
      if let last {
        let state = try context.run(name).run
        guard last <= state.tasks.count else {
          throw arguments.failure(
            at: until, "the run has only \(counted(state.tasks.count, "task"))")
        }
        guard last > state.tasksDone else {
          throw arguments.failure(at: until, "task \(last) is done already")
        }
      }
      return try context.go(name, to: last.map { .task($0 - 1) } ?? .end)
    }
  }

  static var status: ShellCommand {
    let run = Parameter.optionalPositional("run", .object(.run), "Which run.")
    return ShellCommand(
      "status", "Says where a run stands, or what the program runs on.", category: .strategies,
      searchWords: ["device", "nvidia-smi"], parameters: [run],
      formats: .table,
      examples: [
        Example("status", "Version, seed, threads, kernels, objects."),
        Example("status kd", "Task, epoch, batch and accuracies so far."),
      ],
      seeAlso: ["objects", "get"]
    ) { context, arguments in
      if let reference = arguments[run] {
        return context.report(of: reference.name, try context.run(reference.name).run)
      }
      return context.machineStatus()
    }
  }
}

extension ShellContext {
  /// The run that is meant, which must have something left to do.
  fileprivate mutating func unfinishedRun(_ reference: ObjectReference?) throws -> String {
    guard let name = reference?.name ?? currentRun else {
      throw Failure(
        "there is no run to go on with", suggestion: "'begin' makes one", help: "help begin")
    }
    if reference == nil { impliedRun = name }
    guard try !run(name).run.isFinished else {
      throw Failure(
        "'\(name)' is finished",
        help: "'goto \(name)@1' takes it back, 'branch \(name) at=@1 … as NAME' makes a second one")
    }
    return name
  }
}
