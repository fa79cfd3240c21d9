import Networks

/// The options that the notebook's strategies share.
struct CommonOptions: Codable, Hashable, Sendable {
  static let epochs = StrategyOption.integer(
    "epochs", 5, in: 1...10_000, "passes over a task's images")
  static let batch = StrategyOption.integer("batch", 64, in: 1...8192, "images a training step")
  static let learningRate = StrategyOption.real(
    "lr", 0.001, in: 1e-8...10, "learning rate at the start of a task")
  static let decayEvery = StrategyOption.integer(
    "lr-step", 5, in: 1...10_000, "epochs after which the learning rate falls")
  static let decayFactor = StrategyOption.real(
    "lr-factor", 0.5, in: 1e-6...1, "what the learning rate is multiplied with then")
  static let all = [epochs, batch, learningRate, decayEvery, decayFactor]

  let epochs: Int
  let batch: Int
  let schedule: StepSchedule

  init(_ options: OptionValues) {
    epochs = options[integer: Self.epochs]
    batch = options[integer: Self.batch]
    schedule = StepSchedule(
      initial: options[float: Self.learningRate], every: options[integer: Self.decayEvery],
      factor: options[float: Self.decayFactor])
  }

  /// The stage in which a task is learned, then evaluated.
  var learning: Stage { Stage(.learn, epochs: epochs, batchSize: batch, evaluates: true) }
}

extension Learner {
  /// Gives the heads an output for every class so far: all new for the first task, then grown.
  mutating func growHeads(_ lesson: Lesson) {
    let random = lesson.stream("heads")
    if lesson.task == 0 {
      network.replaceHeads(outputs: lesson.classes.count, random: random)
    } else {
      network.growHeads(to: lesson.classes.count, random: random)
    }
  }
}
