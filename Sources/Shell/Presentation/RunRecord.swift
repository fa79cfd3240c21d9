import Datasets
import Learning
import Metrics

/// A run's figures for other programs, in percent and seconds.
///
/// - Parameter head: By which head; the strategy's first if nil. No figures if there is no such.
func runRecord(
  _ name: String, _ run: Run, _ metric: AccuracyMetric = .accuracy, head: Classifier? = nil
) -> ResultRecord {
  let evaluations = run.evaluations(byHead: head)
  let metrics = run.metrics(by: metric, classifier: head)
  let kept = run.kept
  return [
    "name": name, "strategy": run.setup.strategy, "seed": run.setup.seed,
    "scenario": run.tasks.scenario.rawValue,
    "outputs": run.tasks.hasAllOutputs ? "all" : "so-far",
    "options": run.setup.options.values.mapValues(OptionRecord.init),
    // By the metric asked for, on the test images of all classes so far; null without any.
    "byTask": metrics.byTask,
    "byTaskAccuracy": evaluations.map(\.accuracy),
    "byTaskMacro": evaluations.map(\.macroAccuracy),
    // When only the outputs of an image's own task compete.
    "byTaskMasked": evaluations.map(\.taskMaskedAccuracy),
    // By every head of the strategy, the one that the others are of first.
    "heads": run.classifiers.map { head -> ResultRecord in
      let evaluations = run.evaluations(byHead: head)
      return [
        "head": head.rawValue, "byTask": evaluations.map(metric.value),
        "byTaskMacro": evaluations.map(\.macroAccuracy),
      ]
    },
    "classesSeen": evaluations.map(\.classes.count),
    "average": OrNull(metrics.average), "final": OrNull(metrics.final),
    // The mean over the tasks of the figure on each task after the last (Lopez-Paz and Ranzato 2017).
    "acc": OrNull(metrics.meanOverTasks),
    "forgetting": OrNull(metrics.forgetting), "backwardTransfer": OrNull(metrics.backwardTransfer),
    // Only where a task has outputs before it is learned: scenario=domain.
    "forwardTransfer": OrNull(run.forwardTransfer(by: metric.value)),
    // Bytes of exemplars and of all else that is carried from task to task; the same in images of
    // 32×32×3 bytes.
    "exemplars": OrNull(kept?.exemplars), "memoryBytes": OrNull(kept?.bytes),
    "memoryExemplars": OrNull(kept?.inExemplars),
    "seconds": run.seconds.value, "finished": run.isFinished, "figures": MetricAge(name, run),
  ]
}

extension Run {
  /// By the strategy's first head if nil; none if there is no such.
  func evaluations(byHead head: Classifier?) -> [Evaluation] {
    head.map { evaluations(by: $0) ?? [] } ?? history.evaluations
  }
}

/// An option's value as JSON has it: a number, true or false, a text.
struct OptionRecord: Encodable {
  let value: OptionValue

  init(_ value: OptionValue) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .integer(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .choice(let value): try container.encode(value)
    }
  }
}
