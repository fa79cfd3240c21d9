import Datasets
import Networks
import Tensors

/// The options that all strategies trained by gradients share.
struct CommonOptions: Codable, Hashable, Sendable {
  static let epochs = StrategyOption.integer(
    "epochs", 5, in: 1...10_000, "passes over a task's images")
  static let batch = StrategyOption.integer("batch", 64, in: 1...8192, "images per training step")
  static let learningRate = StrategyOption.real(
    "lr", 0.001, in: 1e-8...10,
    "learning rate at the start of a task (the peak rate with one-cycle)")
  static let schedule = StrategyOption.choice(
    "schedule", "step", of: ["step", "one-cycle"],
    "learning-rate schedule: down in steps, or one warm-up and decay in every task")
  static let decayEvery = StrategyOption.integer(
    "lr-step", 5, in: 1...10_000, "epochs after which the learning rate falls")
  static let decayFactor = StrategyOption.real(
    "lr-factor", 0.5, in: 1e-6...1, "what the learning rate is multiplied with then")
  static let optimizer = StrategyOption.choice(
    "optimizer", "adam", of: ["adam", "adamw", "sgd"], "optimizer")
  static let momentum = StrategyOption.real("momentum", 0.9, in: 0...0.9999, "momentum of SGD")
  static let weightDecay = StrategyOption.real(
    "weight-decay", 0.01, in: 0...1, "weight decay of AdamW and SGD")
  static let smoothing = StrategyOption.real(
    "label-smoothing", 0, in: 0...0.9, "share of the target spread over all classes")
  static let all = options()

  /// Of those that have a teacher.
  static let temperature = StrategyOption.real(
    "temperature", 2, in: 0.01...100, "softness T of the teacher's answers")

  /// All of them, those of `changes` in the place of their namesakes.
  static func options(_ changes: StrategyOption...) -> [StrategyOption] {
    [
      epochs, batch, learningRate, schedule, decayEvery, decayFactor, optimizer, momentum,
      weightDecay, smoothing,
    ].map { option in changes.first { $0.name == option.name } ?? option }
  }

  let epochs: Int
  let batch: Int
  let method: Optimizer.Method
  let schedule: Schedule
  let smoothing: Float

  init(_ options: OptionValues) {
    epochs = options[integer: Self.epochs]
    batch = options[integer: Self.batch]
    let (rate, decay) = (options[float: Self.learningRate], options[float: Self.weightDecay])
    method =
      switch options[choice: Self.optimizer] {
      case "adamw": .adamW(weightDecay: decay)
      case "sgd": .sgd(momentum: options[float: Self.momentum], weightDecay: decay)
      default: .adam
      }
    schedule =
      options[choice: Self.schedule] == "one-cycle"
      ? .oneCycle(OneCycleSchedule(peak: rate))
      : .steps(
        StepSchedule(
          initial: rate, every: options[integer: Self.decayEvery],
          factor: options[float: Self.decayFactor]))
    smoothing = options[float: Self.smoothing]
  }

  /// The stage in which a task is learned, then evaluated.
  var learning: Stage { Stage(.learn, epochs: epochs, batchSize: batch, evaluates: true) }

  /// Cross-entropy with the smoothing asked for, over the outputs that compete in the scenario.
  func crossEntropy(_ logits: Tensor, _ labels: [Int], _ lesson: Lesson) -> Loss {
    lesson.crossEntropy(logits, labels, smoothing: smoothing)
  }
}

extension CommonOptions {
  /// Which outputs compete when a new image is learned.
  enum Rivals: String, CaseIterable, Codable, Hashable, Sendable {
    case all
    case new

    init(_ options: OptionValues) {
      self = Rivals(rawValue: options[choice: CommonOptions.rivals("all")]) ?? .all
    }

    /// The outputs that compete when an image of the lesson's task is learned.
    func outputs(_ lesson: Lesson) -> Range<Int> {
      self == .new || lesson.tasks.scenario == .taskIncremental
        ? lesson.tasks.outputs(of: lesson.task) : 0..<lesson.outputs
    }
  }

  static func rivals(_ standard: String) -> StrategyOption {
    .choice(
      "rivals", standard, of: Rivals.allCases.map(\.rawValue),
      "outputs that compete for new images: all, or the new classes' alone")
  }

  /// - Parameter labels: All of the lesson's task if only new outputs compete.
  func crossEntropy(
    _ logits: Tensor, _ labels: [Int], _ lesson: Lesson, among rivals: Rivals
  ) -> Loss {
    rivals == .all
      ? crossEntropy(logits, labels, lesson)
      : lesson.newCrossEntropy(logits, labels, smoothing: smoothing)
  }
}
