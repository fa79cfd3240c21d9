import CommandLanguage
import Learning
import PlainText
import Sessions

extension Command<ShellContext> {
  static var branch: ShellCommand {
    let run = Parameter.positional("run", .object(.run, .checkpoint), "The run, or kd@4.")
    let at = Parameter.optional(
      "at", .text, "The checkpoint to branch at, such as @4 (default: the present state).")
    let seed = Parameter.optional("seed", .seed, "Another random seed from there on.")
    return ShellCommand(
      "branch", "Starts another run from a checkpoint, with other options if you like.",
      category: .strategies, effect: .changes, searchWords: ["fork", "copy"],
      parameters: [run, at, seed],
      pairs: "Options of the run's strategy that are others from there on.", result: .run,
      examples: [
        Example(
          "branch kd temperature=4 as kd2", "The same so far, another temperature from here."),
        Example("branch kd at=@0 lr=0.01 as kd3", "From the beginning."),
      ],
      seeAlso: ["checkpoints", "goto", "begin"],
      discussion: """
        What was stays as it was: options can be changed where a task has ended and the next has \
        not begun. The new run begins with the checkpoint that it branched at.
        """
    ) { context, arguments in
      let reference = arguments[run]
      let parent = reference.base
      let (object, state) = try context.branchPoint(reference, at: arguments[at], arguments)
      let changes = try context.options(arguments, of: state)
      let seed = arguments[seed].map { Int(truncatingIfNeeded: $0) }
      let branch: Run
      do throws(BranchObjection) {
        branch = try state.branched(
          changes, seed: seed,
          sequence: object.origin?.shuffled ?? object.origin?.sequence)
      } catch {
        throw Failure(error.message(of: parent, state.place), help: "checkpoints \(parent)")
      }
      let name = arguments.resultName ?? "run"
      let branching = Branching(of: parent, at: state.place, options: changes, seed: seed)
      context.session.set(
        name,
        to: .run(
          RunOnData(branch, on: object.data, origin: object.origin, branching: branching)))
      context.workspace.currentRun = name
      return CommandOutput(context.described(name), record: context.record(of: name))
    }
  }
}

extension ShellContext {
  fileprivate func branchPoint(
    _ reference: ObjectReference, at text: String?, _ arguments: Arguments
  ) throws -> (run: RunOnData, state: Run) {
    guard let text else {
      if reference.part != nil { return try checkpoint(reference) }
      let object = try run(reference.name)
      return (object, object.run)
    }
    guard reference.part == nil else {
      throw Failure("give the checkpoint once: \(reference.name) or at=", parameter: "at")
    }
    let object = try run(reference.name)
    guard
      let place = Checkpoints.Place(
        text.hasPrefix(reference.name + "@")
          ? String(text.dropFirst(reference.name.count)) : text)
    else {
      throw Failure("at= takes a checkpoint such as @4, not '\(text)'", parameter: "at")
    }
    guard let state = object.checkpoints[place] else {
      let places = object.checkpoints.places.map { "\($0)" }.joined(with: "and")
      throw Failure(
        "'\(reference.name)' has no checkpoint \(place); it has \(places)",
        help: "checkpoints \(reference.name)", parameter: "at")
    }
    return (object, state)
  }

  /// The strategy's options among the `key=value` pairs.
  fileprivate func options(
    _ arguments: Arguments, of run: Run
  ) throws -> [String: OptionValue] {
    var changes: [String: OptionValue] = [:]
    for pair in arguments.pairs {
      changes[pair.key.value] = try StrategyParameters.value(
        of: pair, for: run.setup.strategy, arguments, in: self)
    }
    return changes
  }
}

extension BranchObjection {
  /// - Parameters:
  ///   - run: The run's name.
  ///   - place: Where it should have branched.
  func message(of run: String, _ place: Checkpoints.Place) -> String {
    switch self {
    case .withinTask(let options, let end):
      "task \(end.task + 1) was begun with the old \(options.joined(with: "and")): "
        + "'branch \(run) at=\(end) …' begins it again"
    case .finished(let options):
      "nothing comes after \(run)\(place), so \(options.joined(with: "and")) would change "
        + "nothing: choose an earlier checkpoint with at="
    case .changesTasks(let option):
      "'\(option)' decides what the tasks are, and some are done: it can be changed at=@0 only"
    case .objection(let objection): objection.message
    case .isPartOfThePast(let option):
      "what '\(run)' has learned depends on '\(option)', which can be changed at=@0 only"
    }
  }
}
