import CommandLanguage
import Datasets
import Learning
import Metrics
import Sessions
import Tracking

extension ShellContext {
  /// Steps a run until `stop` holds, it is finished, or Ctrl-C; shows how far it is.
  ///
  /// - Parameters:
  ///   - logged: The names of the run and of its data set, if it is one that logs know.
  ///   - tests: What the test images are called in the line for each task: "test" or "held-out".
  /// - Returns: Whether Ctrl-C ended it.
  /// - Throws: `Divergence` if the loss or a weight is no longer a finite number.
  mutating func advance(
    _ run: inout Run, _ data: DataSet, label: String, logged: (run: String, data: String)? = nil,
    tests: String = "test", until stop: (Event, Run) -> Bool
  ) throws -> Bool {
    try check(run, data)
    if let change = run.ruleChange {
      throw Failure("'\(label)' cannot go on: \(change.message)", help: "status \(label)")
    }
    var bar = TrainingProgress(label: label, tasks: run.tasks.count, tests: tests)
    if let logged { complain(tracking.begin(logged.run, run, data: logged.data)) }
    defer {
      progress.finish()
      if let logged { complain(tracking.pause(logged.run)) }
    }
    while !run.isFinished {
      let event = run.step(data, on: device)
      if let divergence = Divergence(of: run, label, at: event) { throw divergence }
      bar.tell(event, to: &progress)
      if let logged { complain(tracking.take(event, logged.run, run)) }
      if stop(event, run) { return false }
      if isInterrupted() { return true }
    }
    return false
  }
}

extension ShellContext {
  /// Whether a run can go on with this data set: another one may have its name now.
  func check(_ run: Run, _ data: DataSet) throws {
    guard data.digest == run.setup.dataDigest else {
      throw Failure(
        "the run began with other images than the data set has now; load those again, under the "
          + "data set's name, or begin another run", help: "status")
    }
    if let misfit = run.misfit(with: data) {
      throw Failure("the run does not fit the data set: \(misfit)", help: "help restore session")
    }
  }

  /// Goes on with a run as `advance` does; every task's end becomes a checkpoint, and the session is
  /// copied to disk meanwhile.
  ///
  /// - Parameter scripted: Commands that lead to a state of the run, for the copy's journal.
  /// - Returns: Whether Ctrl-C ended it.
  /// - Throws: `Divergence`; the run is then what it was at the end of the last task that was learned
  ///   here, or else at the beginning.
  mutating func work(
    on object: inout RunOnData, _ data: DataSet, named name: String, label: String,
    until stop: (Event) -> Bool = { _ in false }, scripted: (Run) -> [String] = { _ in [] }
  ) throws -> Bool {
    var run = object.run
    let session = session
    var (copied, autosaving) = (object, autosaving)
    var sound = run
    defer {
      self.autosaving = autosaving
      object = copied
      object.run = sound
    }
    let wasStopped = try advance(
      &run, data, label: label, logged: (name, object.data)
    ) { event, run in
      var isTaskEnd = false
      if case .taskEnded = event { isTaskEnd = true }
      if isTaskEnd {
        copied.checkpoints.keep(run)
        sound = run
      }
      if isTaskEnd || autosaving.isDue {
        copied.run = run
        autosaving.copy(session, with: copied, named: name, scripted(run))
      }
      return stop(event)
    }
    sound = run
    return wasStopped
  }
}

/// Events of a run on a progress bar, with a line for every task that was learned.
private struct TrainingProgress {
  let label: String
  let tasks: Int
  /// What the test images are called: "test" or "held-out".
  let tests: String
  /// Of the last epoch, in percent.
  private var trainAccuracy: Double?

  init(label: String, tasks: Int, tests: String) {
    self.label = label
    self.tasks = tasks
    self.tests = tests
  }

  private func title(_ task: Int) -> String {
    tasks == 1 ? label : "\(label) task \(task + 1)/\(tasks)"
  }

  mutating func tell(_ event: Event, to bar: inout ProgressBar) {
    switch event {
    case .batchTrained(let batch):
      let stage = batch.purpose == .balance ? "balancing" : "epoch"
      bar.update(
        Progress(
          "\(title(batch.position.task)) \(stage) \(batch.position.epoch + 1)/\(batch.epochs)",
          completed: batch.position.batch + 1, total: batch.batches, unit: "batch",
          details: [
            "loss \(fixed(Double(batch.meanLoss), 3))", "accuracy \(fixed(batch.accuracy, 1)) %",
          ]))
    case .imagesSurveyed(let task, let done, let total):
      bar.update(
        Progress("\(title(task)) looking back", completed: done, total: total, unit: "image"))
    case .epochEnded(let record): trainAccuracy = record.accuracyIfAny
    case .testImagesClassified(let task, let done, let total):
      bar.update(
        Progress("\(title(task)) testing", completed: done, total: total, unit: "image"))
    case .taskEvaluated(let task, let evaluation):
      bar.update(
        Progress(
          "\(title(task)) testing", completed: evaluation.total, total: evaluation.total,
          unit: "image"))
      bar.print(
        "\(title(task)): "
          + (evaluation.accuracy.map { "\(tests) \(percentText($0))" } ?? "no \(tests) images")
          + " on \(counted(evaluation.classes.count, "class", "classes")), "
          + "train \(percentText(trainAccuracy))")
    case .taskBegan, .stageEnded, .taskEnded, .finished: break
    }
  }
}
