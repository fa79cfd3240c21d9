import Learning
import Metrics
import PlainText

/// Events of a run on a progress bar, with a line for every task that was learned.
struct TrainingProgress {
  let label: String
  let tasks: Int
  /// What the test images are called: "test" or "held-out".
  var tests = "test"
  /// Of the last epoch, in percent.
  var trainAccuracy: Double?

  private func title(_ task: Int) -> String {
    tasks == 1 ? label : "\(label) task \(task + 1)/\(tasks)"
  }

  private func images(_ task: Int, _ stage: String, _ done: Int, _ total: Int) -> Progress {
    Progress("\(title(task)) \(stage)", completed: done, total: total, unit: "image")
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
      bar.update(images(task, "looking back", done, total))
    case .epochEnded(let record): trainAccuracy = record.accuracyIfAny
    case .testImagesClassified(let task, let done, let total):
      bar.update(images(task, "testing", done, total))
    case .taskEvaluated(let task, let evaluation):
      bar.update(images(task, "testing", evaluation.total, evaluation.total))
      bar.print(
        "\(title(task)): "
          + (evaluation.accuracy.map { "\(tests) \(percentText($0))" } ?? "no \(tests) images")
          + " on \(counted(evaluation.classes.count, "class", "classes")), "
          + "train \(percentText(trainAccuracy))")
    case .taskBegan, .stageEnded, .taskEnded, .finished: break
    }
  }
}
