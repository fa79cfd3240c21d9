import CommandLanguage
import Learning
import Metrics
import Sentences
import Sessions

/// What other programs read of a checkpoint.
private struct CheckpointRecord: Encodable {
  var checkpoint: String
  var task: Int
  var steps: Int
  var accuracy: OrNull<Double>
  /// Of when the accuracy is.
  var figures: FigureAge
  var present: Bool
}

extension Command<ShellContext> {
  static var checkpoints: ShellCommand {
    let run = Parameter.optionalPositional("run", .object(.run), "Which run; else the last one.")
    return ShellCommand(
      "checkpoints", "Lists the states of a run that one can go back to.", category: .strategies,
      parameters: [run], formats: ["csv", "json", "md", "txt"],
      examples: [Example("checkpoints kd", "A row per checkpoint; a mark where the run stands.")],
      seeAlso: ["back", "goto", "branch", "prune"],
      discussion: """
        The end of every task is a checkpoint, and every place where the run was stopped, by 'step' \
        or by Ctrl-C. kd@2 is the run kd at the end of task 2, kd@2.57 lies 57 training steps \
        further, kd@0 is its beginning. The accuracy is that of the last test, at the end of a task, \
        which the column behind it names. Numbers that are equal are stored once.
        """
    ) { context, arguments in
      let name = try context.runName(arguments[run])
      let run = try context.run(name)
      let here = run.run.place
      let rows = run.checkpoints.states.map { state -> [Table.Cell] in
        [
          .text("\(name)\(state.place)"), .text(context.place(of: state)),
          .integer(state.history.steps),
          .percent(state.history.evaluations.last?.accuracy),
          state.history.evaluations.isEmpty
            ? .missing : .text("\(name)@\(state.history.evaluations.count)"),
          .text(state.place == here ? "here" : ""),
        ]
      }
      return CommandOutput(
        context.described(name),
        table: Table(
          [
            "checkpoint", "where", Table.Column("batches", key: "steps"),
            Table.Column("test %", key: "accuracy"), Table.Column("of", key: "accuracy_of"),
            Table.Column("", key: "present"),
          ], rows: rows),
        record: run.checkpoints.states.map {
          CheckpointRecord(
            checkpoint: "\(name)\($0.place)", task: $0.place.task, steps: $0.history.steps,
            accuracy: OrNull($0.history.evaluations.last?.accuracy), figures: FigureAge(name, $0),
            present: $0.place == here)
        })
    }
  }

  static var back: ShellCommand {
    let run = Parameter.optionalPositional("run", .object(.run), "Which run; else the last one.")
    let count = Parameter.positional(
      "n", .integer(1...1_000_000), default: 1, "So many checkpoints.")
    return ShellCommand(
      "back", "Takes a run back to an earlier checkpoint.", category: .strategies,
      searchWords: ["undo"], parameters: [run, count], formats: ["csv", "json", "md", "txt"],
      examples: [
        Example("back kd", "To the checkpoint before."), Example("back kd 2", "One more."),
      ],
      seeAlso: ["checkpoints", "goto", "branch"],
      discussion: "Later checkpoints stay: 'goto' leads to them again, and so does 'continue'."
    ) { context, arguments in
      let name = try context.runName(arguments[run])
      let object = try context.run(name)
      let (here, number) = (object.run.place, arguments[count])
      guard let state = object.checkpoints.state(number, before: here) else {
        let earlier = object.checkpoints.places.filter { $0 < here }
        throw arguments.failure(
          at: count,
          earlier.isEmpty
            ? "there is no checkpoint before \(name)\(here)"
            : "only \(counted(earlier.count, "checkpoint")) lie before \(name)\(here)",
          help: "checkpoints \(name)")
      }
      return context.move(name, object, to: state)
    }
  }

  static var goto: ShellCommand {
    let checkpoint = Parameter.positional("checkpoint", .object(.checkpoint), "Which: kd@4.")
    return ShellCommand(
      "goto", "Takes a run to one of its checkpoints, back or forth.", category: .strategies,
      searchWords: ["checkout"], parameters: [checkpoint], formats: ["csv", "json", "md", "txt"],
      examples: [
        Example("goto kd@0", "To the beginning."),
        Example("goto kd@4", "As it was after task 4."),
      ],
      seeAlso: ["checkpoints", "back", "branch"]
    ) { context, arguments in
      let reference = arguments[checkpoint]
      let (run, state) = try context.checkpoint(reference)
      return context.move(reference.base, run, to: state)
    }
  }
}

extension ShellContext {
  /// The run that is meant: the one named, or the one that was stepped last.
  mutating func runName(_ reference: ObjectReference?) throws -> String {
    guard let name = reference?.name ?? currentRun else {
      throw Failure("there is no run yet", suggestion: "'begin' makes one", help: "help begin")
    }
    if reference == nil { impliedRun = name }
    return name
  }

  /// A run and a state of it that it can go to.
  func checkpoint(_ reference: ObjectReference) throws -> (run: RunOnData, state: Run) {
    if let found = session.checkpoint(reference.name) { return found }
    let places = try run(reference.base).checkpoints.places.map { "\(reference.base)\($0)" }
    throw Failure(
      "there is no checkpoint \(reference.name); there \(places.count == 1 ? "is" : "are") "
        + places.joined(with: "and"),
      help: "checkpoints \(reference.base)", parameter: "checkpoint")
  }

  fileprivate mutating func move(
    _ name: String, _ run: RunOnData, to state: Run
  ) -> CommandOutput {
    var run = run
    run.run = state
    session.set(name, to: .run(run))
    currentRun = name
    var output = report(of: name, state)
    if !state.isFinished, staleness(of: name) == nil {
      let words = state.place.steps > 0 ? ", \(state.placeInWords)" : ""
      output.notes.append("'continue \(name)' goes on from \(name)\(state.place)\(words)")
    }
    return output
  }
}

extension Run {
  /// Where it stands, in words that follow "stopped": `in task 3, after 57 batches` for @2.57.
  var placeInWords: String {
    let (task, steps) = (place.task, place.steps)
    if steps > 0 { return "in task \(task + 1), after \(counted(steps, "batch", "batches"))" }
    if isBetweenTasks { return task == 0 ? "before task 1" : "after task \(task)" }
    return "at the beginning of task \(task + 1)"
  }
}
