import Datasets
package import Learning
import Metrics
import Tensors

/// Turns what a run does into rows. The rows of a run that was followed from its beginning are those
/// that its history gives afterwards.
package struct RunFeed {
  /// Training steps seen.
  package private(set) var steps = 0
  private var epochs = 0
  private var evaluations = 0

  package init() {}

  /// Whether all of what `run` did was seen, and nothing else.
  func stands(at run: Run) -> Bool {
    steps == run.history.steps && epochs == run.history.epochs.count
      && evaluations == run.history.evaluations.count
  }

  /// The rows of all that `run` did so far; the feed then stands where the run does.
  package static func replay(_ run: Run) -> (rows: [LogRow], feed: RunFeed) {
    var feed = RunFeed()
    let history = run.history
    var rows: [LogRow] = []
    func takeBatches(until end: Int, task: Int, epoch: Int, purpose: Stage.Purpose) {
      while feed.steps < min(end, history.losses.count) {
        feed.steps += 1
        let loss = Double(history.losses.elements[feed.steps - 1])
        rows.append(batchRow(feed.steps, task: task, epoch: epoch, purpose, loss: loss))
      }
    }
    func takeEvaluations(before step: Int) {
      while feed.evaluations < history.evaluations.count,
        history.evaluationSteps[feed.evaluations] <= step
      {
        rows.append(taskRow(feed.steps, feed.evaluations, run))
        feed.evaluations += 1
      }
    }
    for record in history.epochs {
      takeEvaluations(before: feed.steps)
      takeBatches(
        until: feed.steps + min(record.batches, history.losses.count), task: record.task,
        epoch: record.epoch, purpose: record.purpose)
      rows.append(epochRow(feed.steps, record))
      feed.epochs += 1
    }
    takeEvaluations(before: .max)
    if !run.isFinished, run.stages.indices.contains(run.position.stage) {
      takeBatches(
        until: history.losses.count, task: run.position.task, epoch: run.position.epoch,
        purpose: run.stages[run.position.stage].purpose)
    }
    return (rows, feed)
  }

  /// - Parameter run: As it is after the event.
  package mutating func row(for event: Event, of run: Run) -> LogRow? {
    switch event {
    case .batchTrained(let batch):
      steps += 1
      return Self.batchRow(
        steps, task: batch.position.task, epoch: batch.position.epoch, batch.purpose,
        loss: Double(batch.loss))
    case .epochEnded(let record):
      epochs += 1
      return Self.epochRow(steps, record)
    case .taskEvaluated(let task, _):
      evaluations += 1
      return Self.taskRow(steps, task, run)
    default: return nil
    }
  }

  private static func batchRow(
    _ step: Int, task: Int, epoch: Int, _ purpose: Stage.Purpose, loss: Double
  ) -> LogRow {
    LogRow(
      .batch, step: step, task: task + 1, epoch: epoch + 1,
      [purpose == .learn ? MetricName.trainLoss : "\(purpose.rawValue)/loss": loss])
  }

  private static func epochRow(_ step: Int, _ record: EpochRecord) -> LogRow {
    let (learns, stage) = (record.purpose == .learn, record.purpose.rawValue)
    let (rate, norm) = (record.descent?.lastRate, record.descent?.gradientNorm)
    let values = [
      (learns ? MetricName.trainAccuracy : "\(stage)/accuracy", record.accuracyIfAny),
      (learns ? MetricName.epochLoss : "\(stage)/epoch_loss", record.lossIfAny),
      (learns ? MetricName.learningRate : "\(stage)/learning_rate", rate.map(Double.init)),
      (learns ? MetricName.gradientNorm : "\(stage)/gradient_norm", norm),
    ]
    return row(.epoch, step: step, task: record.task, epoch: record.epoch + 1, values)
  }

  /// - Parameter task: From 0; the run was evaluated after tasks 0 … `task`, and maybe more.
  private static func taskRow(_ step: Int, _ task: Int, _ run: Run) -> LogRow {
    let metrics = run.metrics(after: task + 1)
    let onTasks = (metrics.matrix.rows.last ?? []).enumerated().map { index, accuracy in
      (MetricName.accuracy(onTask: index), accuracy)
    }
    let values =
      [
        (MetricName.incrementalAccuracy, metrics.final),
        (MetricName.incrementalAccuracyMacro, run.history.evaluations[task].macroAccuracy),
        (MetricName.averageAccuracy, metrics.average),
      ] + onTasks + [
        (MetricName.forgetting, metrics.forgetting),
        (MetricName.backwardTransfer, metrics.backwardTransfer),
      ]
    return row(.task, step: step, task: task, values)
  }

  /// - Parameter values: What there are no images for is no figure.
  private static func row(
    _ rate: LogRow.Rate, step: Int, task: Int, epoch: Int? = nil, _ values: [(String, Double?)]
  ) -> LogRow {
    var row = LogRow(rate, step: step, task: task + 1, epoch: epoch, [:])
    row.scalars = values.compactMap { name, value in
      value.map { LogRow.Scalar(metric: name, value: $0) }
    }
    return row
  }
}
