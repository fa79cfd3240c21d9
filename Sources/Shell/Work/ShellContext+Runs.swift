import CommandLanguage
import Datasets
import Learning
import PlainText
import Sessions

extension ShellContext {
  /// The run that is meant: the one named, or the one that was stepped last.
  mutating func runName(_ reference: ObjectReference?) throws -> String {
    guard let name = reference?.name ?? workspace.currentRun else {
      let known = session.names(of: .run)
      throw known.isEmpty ? RunProblem.noRun : .noRunNamed(known: known)
    }
    if reference == nil { workspace.impliedRun = name }
    return name
  }

  /// The run that is meant, which must have something left to do.
  mutating func unfinishedRun(_ reference: ObjectReference?) throws -> String {
    let name = try runName(reference)
    guard try !run(name).run.isFinished else { throw RunProblem.finished(run: name) }
    return name
  }

  /// A run and a state of it that it can go to.
  func checkpoint(_ reference: ObjectReference) throws -> (run: RunOnData, state: Run) {
    if let found = session.checkpoint(reference.name) { return found }
    throw RunProblem.noCheckpoint(
      name: reference.name, run: reference.base,
      known: try run(reference.base).checkpoints.names(of: reference.base), parameter: "checkpoint")
  }

  mutating func move(_ name: String, _ run: RunOnData, to state: Run) -> CommandOutput {
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
