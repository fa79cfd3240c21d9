import Datasets
import Learning
import Metrics

/// A run's figures for other programs, in percent and seconds.
struct RunRecord: Encodable {
  var name: String
  var strategy: String
  var seed: Int
  var options: [String: OptionRecord]
  /// By the metric asked for, on the test images of all classes so far, after each task; null without
  /// any.
  var byTask: [Double?]
  /// Accuracy over all images.
  var byTaskAccuracy: [Double?]
  /// The same as the mean over classes.
  var byTaskMacro: [Double?]
  /// Accuracy when only the outputs of an image's own task compete.
  var byTaskMasked: [OrNull<Double>]
  /// The same figures by every head of the strategy, the one that the others are of first.
  var heads: [HeadRecord]
  var classesSeen: [Int]
  /// Mean over the tasks of `byTask`; `final` is the last of them.
  var average: OrNull<Double>
  var final: OrNull<Double>
  /// Mean over the tasks of the figure on each task after the last (Lopez-Paz and Ranzato 2017).
  var acc: OrNull<Double>
  var forgetting: OrNull<Double>
  var backwardTransfer: OrNull<Double>
  /// Only where a task has outputs before it is learned: scenario=domain.
  var forwardTransfer: OrNull<Double>
  var scenario: String
  /// Images kept, and bytes of those and of all else that is carried from task to task.
  var exemplars: OrNull<Int>
  var memoryBytes: OrNull<Int>
  /// All of that in images of 32×32×3 bytes.
  var memoryExemplars: OrNull<Double>
  var seconds: Double
  var finished: Bool
  /// Of when they are.
  var figures: FigureAge

  /// - Parameter head: By which head; the strategy's first if nil. No figures if there is no such.
  init(
    _ name: String, _ run: Run, _ metric: AccuracyMetric = .accuracy, head: Classifier? = nil
  ) {
    let evaluations = head.map { run.evaluations(by: $0) ?? [] } ?? run.history.evaluations
    let metrics = run.metrics(by: metric, classifier: head)
    self.name = name
    strategy = run.setup.strategy
    seed = run.setup.seed
    options = run.setup.options.values.mapValues(OptionRecord.init)
    byTask = metrics.byTask
    byTaskAccuracy = evaluations.map(\.accuracy)
    byTaskMacro = evaluations.map(\.macroAccuracy)
    byTaskMasked = evaluations.map { OrNull($0.taskMaskedAccuracy) }
    heads = run.classifiers.map { HeadRecord($0, run, metric) }
    classesSeen = evaluations.map(\.classes.count)
    scenario = run.tasks.scenario.rawValue
    forwardTransfer = OrNull(run.forwardTransfer(by: metric.value))
    let kept = run.kept
    exemplars = OrNull(kept?.exemplars)
    memoryBytes = OrNull(kept?.bytes)
    memoryExemplars = OrNull(kept?.inExemplars)
    average = OrNull(metrics.average)
    final = OrNull(metrics.final)
    acc = OrNull(metrics.meanOverTasks)
    forgetting = OrNull(metrics.forgetting)
    backwardTransfer = OrNull(metrics.backwardTransfer)
    seconds = run.seconds.value
    finished = run.isFinished
    self.figures = FigureAge(name, run)
  }
}

/// An option's value as JSON has it: a number, true or false, a text.
struct OptionRecord: Encodable, Equatable {
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

/// What one way of classifying came to after each task.
struct HeadRecord: Encodable {
  var head: String
  var byTask: [Double?]
  var byTaskMacro: [Double?]

  init(_ head: Classifier, _ run: Run, _ metric: AccuracyMetric) {
    let evaluations = run.evaluations(by: head) ?? []
    self.head = head.rawValue
    byTask = evaluations.map(metric.value)
    byTaskMacro = evaluations.map(\.macroAccuracy)
  }
}

/// A figure that other programs find under its key even when there is none: `null`.
struct OrNull<Value: Encodable>: Encodable {
  var value: Value?

  init(_ value: Value?) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}
