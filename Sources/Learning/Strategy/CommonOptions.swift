import Datasets
import Networks
import Tensors

/// The options that all strategies trained by gradients share.
struct CommonOptions: Codable, Hashable, Sendable {
  let epochs: Int
  /// Training steps a task in place of epochs; nil where those are counted.
  let steps: Int?
  let batch: Int
  let method: Optimizer.Method
  let schedule: Schedule
  let smoothing: Float

  /// - Parameters: Standard values that differ from strategy to strategy, and what `epochs` pass over.
  init(
    _ options: inout OptionReader, epochs: Int = 5, over images: String = "a task's images",
    batch: Int = 64, schedule: ScheduleName = .step, decayEvery: Int = 5,
    decayFactor: Double = 0.5, optimizer: OptimizerName = .adam, weightDecay: Double = 0.01
  ) {
    self.epochs = options.integer("epochs", epochs, in: 1...10_000, "passes over \(images)")
    let count = options.integer(
      "steps", 0, in: 0...10_000_000,
      "training steps for each task, instead of epochs; 0: the epochs count")
    steps = count == 0 ? nil : count
    self.batch = options.integer("batch", batch, in: 1...8192, "images per training step")
    let rate = options.float(
      "lr", 0.001, in: 1e-8...10,
      "learning rate at the start of a task (the peak rate with one-cycle)")
    let schedule = options.choice(
      "schedule", schedule,
      "learning-rate schedule: down in steps, or one warm-up and decay in every task")
    let steps = StepSchedule(
      initial: rate,
      every: options.integer(
        "lr-step", decayEvery, in: 1...10_000, "epochs after which the learning rate falls"),
      factor: options.float(
        "lr-factor", decayFactor, in: 1e-6...1, "what the learning rate is multiplied with then"))
    self.schedule =
      switch schedule {
      case .step: .steps(steps)
      case .oneCycle: .oneCycle(OneCycleSchedule(peak: rate))
      }
    let optimizer = options.choice("optimizer", optimizer, "optimizer")
    let momentum = options.float("momentum", 0.9, in: 0...0.9999, "momentum of SGD")
    let decay = options.float(
      "weight-decay", weightDecay, in: 0...1, "weight decay of AdamW and SGD")
    method =
      switch optimizer {
      case .adam: .adam
      case .adamw: .adamW(weightDecay: decay)
      case .sgd: .sgd(momentum: momentum, weightDecay: decay)
      }
    smoothing = options.float(
      "label-smoothing", 0, in: 0...0.9, "share of the target spread over all classes")
  }

  enum ScheduleName: String, CaseIterable {
    case step
    case oneCycle = "one-cycle"
  }

  enum OptimizerName: String, CaseIterable {
    case adam
    case adamw
    case sgd
  }

  /// The stage in which a task is learned, then evaluated.
  var learning: Stage {
    Stage(.learn, epochs: epochs, steps: steps, batchSize: batch, evaluates: true)
  }

  /// Cross-entropy with the smoothing asked for.
  ///
  /// - Parameters:
  ///   - labels: All of the experience's task if only new outputs compete.
  ///   - rivals: `all` are those that compete in the scenario.
  func crossEntropy(
    _ logits: Tensor, _ labels: [Int], _ experience: Experience, among rivals: Rivals = .all
  ) -> Loss {
    rivals == .all
      ? experience.crossEntropy(logits, labels, smoothing: smoothing)
      : experience.newCrossEntropy(logits, labels, smoothing: smoothing)
  }

  /// Which outputs compete when a new image is learned.
  enum Rivals: String, CaseIterable, Codable, Hashable, Sendable {
    case all
    case new

    /// The outputs that compete when an image of the experience's task is learned.
    func outputs(_ experience: Experience) -> Range<Int> {
      self == .new || experience.tasks.scenario == .taskIncremental
        ? experience.tasks.outputs(of: experience.task) : 0..<experience.headOutputs
    }
  }
}

/// Options of several strategies.
extension OptionReader {
  mutating func rivals(_ standard: CommonOptions.Rivals) -> CommonOptions.Rivals {
    choice(
      "rivals", standard, "outputs that compete for new images: all, or the new classes' alone")
  }

  mutating func temperature() -> Float {
    float("temperature", 2, in: 0.01...100, "softness T of the teacher's answers")
  }

  mutating func memory(_ summary: String = "exemplars in all, of all classes so far") -> Int {
    integer("memory", 200, in: 1...1_000_000, summary)
  }
}
