import CommandLanguage
import Learning
import PlainText
import Sessions

extension Command<ShellContext> {
  static var branch: ShellCommand {
    let run = Parameter.positional("run", .object(.run, .runs, .checkpoint), "The run, or kd@4.")
    let at = Parameter.optional(
      "at", .part(PartNoun.checkpoint, of: run),
      "The checkpoint to branch at, such as @4 (default: the present state).")
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
        branch, with what was measured up to there. Of runs of several seeds each gets its branch.
        """,
      naming: { arguments, directory in
        let group = arguments[run]
        guard group.kind == .runs, let name = arguments.resultName else { return nil }
        var objects = [name: ObjectKind.runs]
        for branch in branchNames(
          name, of: directory.members(of: group.name), in: group.name, arguments[seed])
        {
          objects[branch.name] = .run
        }
        return objects
      }
    ) { context, arguments in
      let group = arguments[run]
      guard group.kind == .runs else {
        return try context.branch(
          group, arguments, at: arguments[at], seed: arguments[seed],
          as: arguments.resultName ?? "run")
      }
      let name = arguments.resultName ?? "run"
      let members = context.members(of: group)
      let old = context.session.runs(of: name)
      let branches = branchNames(name, of: members.map(\.name), in: group.name, arguments[seed])
      guard group.name != name else { throw RunProblem.nameTaken(name) }
      let others = branches.map(\.name).filter { context.session[$0] != nil && !old.contains($0) }
      guard arguments.replaces || (others.isEmpty && old.isEmpty) else {
        throw RunProblem.nameTaken((others + old)[0])
      }
      for name in old { context.session.remove(name) }
      var outputs: [(name: String, output: CommandOutput)] = []
      for (member, branch) in zip(members, branches) {
        let output = try context.branch(
          member, arguments, at: arguments[at], seed: branch.seed, as: branch.name, in: name)
        outputs.append((branch.name, output))
      }
      return CommandOutput(joining: outputs)
    }
  }
}

/// What the branches of runs of several seeds are called, and their new seeds if they have any: seed,
/// seed + 1, … from the one that was given.
private func branchNames(
  _ name: String, of members: [String], in group: String, _ seed: UInt64?
) -> [(name: String, seed: UInt64?)] {
  members.enumerated().map { number, member in
    guard let seed = seed.map({ $0 &+ UInt64(number) }) else {
      return (name + member.dropFirst(group.count), nil)
    }
    return (Session.memberName(name, seed: Int(truncatingIfNeeded: seed)), seed)
  }
}

extension ShellContext {
  /// Makes one branch.
  ///
  /// - Parameter group: The common name of runs of several seeds that it is one of.
  fileprivate mutating func branch(
    _ reference: ObjectReference, _ arguments: Arguments, at: String?, seed: UInt64?,
    as name: String, in group: String? = nil
  ) throws -> CommandOutput {
    let parent = reference.base
    let (object, state) = try branchPoint(reference, at: at)
    var changes: [String: OptionValue] = [:]
    for pair in arguments.pairs {
      changes[pair.key.value] = try StrategyParameters.value(
        of: pair, for: state.setup.strategy, arguments, in: self)
    }
    try ExclusiveOptions.check(Array(changes.keys)) {
      [changes[$0] ?? state.setup.options.values[$0]]
    }
    let seed = seed.map { Int(truncatingIfNeeded: $0) }
    let branch: Run
    do throws(BranchObjection) {
      branch = try state.branched(
        changes, seed: seed,
        sequence: object.origin?.shuffled ?? object.origin?.sequence)
    } catch {
      throw RunProblem.cannotBranch(error, run: parent, place: state.place)
    }
    let branching = Branching(of: parent, at: state.place, options: changes, seed: seed)
    var made = RunOnData(branch, on: object.data, origin: object.origin, branching: branching)
    made.group = group
    made.watch = object.watch?.until(state.history.steps)
    session.set(name, to: .run(made))
    workspace.currentRun = name
    return told(
      name,
      notes: made.watch == nil
        ? [] : ["it is watched as \(parent) is: 'watch off \(name)' ends that"])
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
