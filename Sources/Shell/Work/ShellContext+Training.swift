import CommandLanguage
import Datasets
import Experiments
import Learning
import Networks
import PlainText
import Sessions
import Tracking

extension ShellContext {
  /// What runs are trained with.
  var trainer: Trainer { Trainer(on: training.device, isInterrupted: training.isInterrupted) }

  /// The images must be what the network takes, and a batch of them must fit into memory.
  ///
  /// - Parameter batch: Images of a training step; nil if the network is only evaluated.
  func checkFits(_ network: Network, _ data: DataSet, batch: Int?) throws {
    if let infeasibility = Infeasibility(of: network, on: data, batch: batch) {
      throw infeasibility.failure(isTraining: batch != nil)
    }
  }

  /// Trains a run of the session, and tells of its events: the progress bar, the logs, and the copies
  /// of the session that are made meanwhile.
  ///
  /// - Parameters:
  ///   - label: What the run is called on the progress bar and in errors.
  ///   - script: What the copies' journal has of this training; nothing if nil.
  ///   - live: Draws curves meanwhile.
  /// - Returns: How it ended, the seconds that watching it took, and what was done.
  mutating func train(
    _ object: inout RunOnData, _ data: DataSet, named name: String, label: String,
    to goal: Run.Goal = .end, script: TrainingScript? = nil, live: LiveDrawing? = nil
  ) throws -> (outcome: Trainer.Outcome, watching: Double, tally: TrainingTally) {
    if let objection = TrainingObjection(to: object.run, data) { throw objection.failure(label) }
    var bar = TrainingProgress(label: label, tasks: object.run.tasks.count)
    // It may have been stopped behind its last epoch.
    if !object.run.isBetweenTasks, let epoch = object.run.history.epochs.last,
      epoch.task == object.run.position.task
    {
      bar.trainAccuracy = epoch.accuracyIfAny
    }
    complain(training.tracking.begin(name, object.run, data: object.data))
    defer {
      console.progress.finish()
      complain(training.tracking.pause(name))
    }
    var (copy, live) = (object, live)
    var tally = TrainingTally()
    var watcher = object.watch.map { Watcher($0, data, on: training.device) }
    let outcome = trainer.train(&object, data, to: goal) { event, run, checkpoints in
      bar.tell(event, to: &console.progress)
      watcher?.take(event, run)
      live?.take(event, run, watcher?.watch, &console.progress)
      tally.take(event)
      complain(training.tracking.take(event, name, run))
      var isTaskEnd = false
      if case .taskEnded = event { isTaskEnd = true }
      guard isTaskEnd || safety.autosaving.isDue else { return }
      (copy.run, copy.checkpoints, copy.watch) = (run, checkpoints, watcher?.watch)
      safety.autosaving.copy(
        session, with: copy, named: name, script?.commands(to: run, in: session) ?? [])
    }
    object.watch = watcher?.watch
    live?.finish(object.run, object.watch, &console.progress)
    return (outcome, watcher?.seconds ?? 0, tally)
  }

  /// Trains a run of the session further, and says what came of it. What it learned before its numbers
  /// grew beyond all bounds is kept.
  ///
  /// - Parameters:
  ///   - begun: The command that begins the run; nil if it was there before.
  ///   - live: Curves that grow meanwhile.
  ///   - tellsSteps: Whether to say what its batches did: loss, rate, gradient.
  mutating func go(
    _ name: String, to goal: Run.Goal = .end, begun: CommandStatement? = nil,
    live: [LiveCurve] = [], tellsSteps: Bool = false
  ) throws -> CommandOutput {
    var object = try run(name)
    let data = try data(object.data)
    workspace.currentRun = name
    let start = object.run
    let script = TrainingScript(name: name, group: object.group, start: start, begun: begun)
    let (outcome, watching, tally) = try train(
      &object, data, named: name, label: name, to: goal, script: script,
      live: try liveDrawing(of: name, live))
    let place = "\(object.run.placeInWords) (\(name)\(object.run.place))"
    var failure: Failure?
    if case .diverged(let divergence) = outcome {
      failure = divergence.failure(name, keptAs: object.run.history.steps > 0 ? place : nil)
    }
    if failure == nil || object.run.place != start.place {
      object.keepCheckpoint()
      session.set(name, to: .run(object))
    }
    var output = report(of: name, object.run)
    if tellsSteps {
      output.lines += tally.lines
      output.record =
        runRecord(name, object.run) + [CommandOutput.trainedKey: tally.record] as ResultRecord
    }
    if watching > 0 {
      let taught = object.run.seconds.value - start.seconds.value
      output.notes.append(
        "watching took \(fixed(watching, 1)) s besides \(fixed(taught, 1)) s of training: "
          + "'plot watch \(name)' shows it")
    }
    if case .done = outcome { return output }
    output.scripted = script.commands(to: object.run, in: session)
    output.failure = failure
    if failure == nil { output.notes.append("stopped \(place): 'continue \(name)' resumes it") }
    return output
  }

  /// Trains runs one after the other to their ends, and says what came of them.
  ///
  /// - Parameters:
  ///   - group: Their common name, or the name of the only one.
  ///   - live: Curves of each that grow meanwhile.
  mutating func goAll(
    _ group: String, _ names: [String], begun: CommandStatement? = nil, live: [LiveCurve] = []
  ) throws -> CommandOutput {
    guard names.count > 1 else { return try go(names.first ?? "run", begun: begun, live: live) }
    var done: [String] = []
    for name in names where try !run(name).run.isFinished {
      var output = try go(name, begun: begun, live: live)
      if try !run(name).run.isFinished {
        if begun == nil { output.scripted = output.scripted.map { done + $0 } }
        output.notes.append("'continue \(group)' goes on with all of its runs")
        return output
      }
      done.append("continue \(name)")
    }
    let set = RunSet(name: group, runs: try names.map { ($0, try run($0).run) })
    var output = CommandOutput(table: comparisonTable([set]), warnings: tableNotes(on: [set]))
    output.lines = names.map { described($0) }
    output.record = ["runs": set.runs.map { runRecord($0.name, $0.run) }] as ResultRecord
    return output
  }
}
