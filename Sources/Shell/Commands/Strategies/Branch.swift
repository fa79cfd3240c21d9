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
      ], seeAlso: ["checkpoints", "goto", "begin"],
      discussion: """
        What was stays as it was: options can be changed where a task has ended and the next has \
        not begun. The new run begins with the checkpoint that it branched at. If the run is watched, so is the \
        branch, with what was measured up to there.
        """
    ) { context, arguments in
      let reference = arguments[run]
      let parent = reference.base
      let (object, state) = try context.branchPoint(reference, at: arguments[at])
      var changes: [String: OptionValue] = [:]
      for pair in arguments.pairs {
        changes[pair.key.value] = try StrategyParameters.value(
          of: pair, for: state.setup.strategy, arguments, in: context)
      }
      let seed = arguments[seed].map { Int(truncatingIfNeeded: $0) }
      let branch: Run
      do throws(BranchObjection) {
        branch = try state.branched(
          changes, seed: seed,
          sequence: object.origin?.shuffled ?? object.origin?.sequence)
      } catch {
        throw RunProblem.cannotBranch(error, run: parent, place: state.place)
      }
      let name = arguments.resultName ?? "run"
      let branching = Branching(of: parent, at: state.place, options: changes, seed: seed)
      var made = RunOnData(branch, on: object.data, origin: object.origin, branching: branching)
      made.watch = object.watch?.until(state.history.steps)
      context.session.set(name, to: .run(made))
      context.workspace.currentRun = name
      return context.told(
        name,
        notes: made.watch == nil
          ? [] : ["it is watched as \(parent) is: 'watch off \(name)' ends that"])
    }
  }
}

extension ShellContext {
  fileprivate func branchPoint(
    _ reference: ObjectReference, at text: String?
  ) throws -> (run: RunOnData, state: Run) {
    guard let text else {
      if reference.part != nil { return try checkpoint(reference) }
      let object = try run(reference.name)
      return (object, object.run)
    }
    guard reference.part == nil else { throw RunProblem.checkpointTwice(name: reference.name) }
    let object = try run(reference.name)
    guard
      let place = Checkpoints.Place(
        text.hasPrefix(reference.name + "@")
          ? String(text.dropFirst(reference.name.count)) : text)
    else { throw RunProblem.notACheckpoint(text) }
    guard let state = object.checkpoints[place] else {
      throw RunProblem.noCheckpoint(
        name: "\(reference.name)\(place)", run: reference.name,
        known: object.checkpoints.names(of: reference.name), parameter: "at")
    }
    return (object, state)
  }
}
