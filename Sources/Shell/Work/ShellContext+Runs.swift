import CommandLanguage
import Datasets
import Learning
import PlainText
import Sessions

extension ShellContext {
  /// The run that is meant: the one named, or the one that was stepped last.
  mutating func runName(_ reference: ObjectReference?) throws -> String {
    guard let name = reference?.name ?? workspace.currentRun else {
      throw Failure("there is no run yet", suggestion: "'begin' makes one", help: "help begin")
    }
    if reference == nil { workspace.impliedRun = name }
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

  mutating func move(
    _ name: String, _ run: RunOnData, to state: Run
  ) -> CommandOutput {
    var run = run
    run.run = state
    session.set(name, to: .run(run))
    workspace.currentRun = name
    var output = report(of: name, state)
    if !state.isFinished, staleness(of: name) == nil {
      let words = state.place.steps > 0 ? ", \(state.placeInWords)" : ""
      output.notes.append("'continue \(name)' resumes from \(name)\(state.place)\(words)")
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

extension ShellContext {
  /// The run that is meant, which must have something left to do.
  mutating func unfinishedRun(_ reference: ObjectReference?) throws -> String {
    guard let name = reference?.name ?? workspace.currentRun else {
      throw Failure(
        "there is no run to continue", suggestion: "'begin' makes one", help: "help begin")
    }
    if reference == nil { workspace.impliedRun = name }
    guard try !run(name).run.isFinished else {
      throw Failure(
        "'\(name)' is finished",
        help: "'goto \(name)@1' takes it back, 'branch \(name) at=@1 … as NAME' makes a second one")
    }
    return name
  }
}
