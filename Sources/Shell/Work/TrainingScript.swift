import CommandLanguage
import Learning
import Sessions

/// What a script does in place of a command that trains a run and was stopped before its end.
struct TrainingScript {
  /// The run's, and that of the runs of several seeds that it is one of.
  var name: String
  var group: String?
  /// The run as it was.
  var start: Run
  /// The command that begins the run; nil if it was there before.
  var begun: CommandStatement?

  /// Commands that do what the training has done so far.
  func commands(to run: Run, in session: Session) -> [String] {
    var commands: [String] = []
    if var statement = begun {
      statement.verb.value = "begin"
      statement.resultName = .word(group ?? name, at: statement.verb.span)
      statement.output = nil
      statement.arguments.removeAll { $0.key?.value == LiveCurve.parameterName }
      commands.append("\(statement)")
      for member in group.map({ session.runs(of: $0) }) ?? [] where member != name {
        guard case .run(let other)? = session[member], other.run.isFinished else { continue }
        commands.append("continue \(member)")
      }
    }
    // Steps alone would not do over several tasks: at the end of one, strategies look at images
    // without training on them, which 'step' counts as well.
    var done = start.history.steps
    if run.tasksDone > start.tasksDone {
      commands.append("continue \(name) until=\(run.tasksDone)")
      done = run.isBetweenTasks ? run.history.steps : run.history.stepsBeforeTask
    }
    if run.history.steps > done {
      commands.append("step \(name) \(run.history.steps - done) unit=batch")
    }
    return commands
  }
}
