public import Datasets
public import Networks
public import Tensors

/// Everything that training changes.
public struct Learner: Codable, Hashable, Sendable {
  public var network: Network
  public var optimizer: Optimizer
  public var schedule: Schedule
  /// The network as it was at the end of the last task, frozen.
  public var teacher: Network?
  public var memory = Memory()

  public init(_ network: Network) {
    self.network = network
    optimizer = Optimizer(.adam, learningRate: 0, count: 0)
    schedule = .steps(StepSchedule(initial: 0, every: 1, factor: 1))
  }

  /// A fresh optimizer and schedule for the network as it is now.
  public mutating func prepare(_ method: Optimizer.Method, _ schedule: Schedule) {
    self.schedule = schedule
    optimizer = Optimizer(method, learningRate: schedule.initial, count: network.weights.count)
  }

  /// Gives the heads so many outputs: all new for the first task, then grown.
  mutating func growHeads(to outputs: Int, _ experience: Experience) {
    let random = experience.stream("heads")
    if experience.task == 0 {
      network.replaceHeads(outputs: outputs, random: random)
    } else {
      network.growHeads(to: outputs, random: random)
    }
  }

  /// Forgets the optimizer: it does not outlive a task.
  mutating func discardOptimizer() {
    optimizer = Optimizer(optimizer.method, learningRate: 0, count: 0)
  }

  /// Forward, loss, backward, update.
  ///
  /// - Parameters:
  ///   - moment: Where the schedule stands.
  ///   - experience: Says where the work is done, and which outputs compete when the batch is judged.
  ///   - adjust: May change the gradient before the update, by a penalty or a projection; what it
  ///     returns is added to the loss that is reported.
  ///   - loss: Given logits and features, the loss on them.
  public mutating func step(
    _ batch: Batch, at moment: Moment, in experience: Experience,
    adjust: (_ gradient: inout Block, _ network: Network) -> Float = { _, _ in 0 },
    loss: (Outputs) -> OutputLoss
  ) -> BatchResult {
    // None was prepared, or a file says so.
    if optimizer.first.count != network.weights.count { prepare(optimizer.method, schedule) }
    var gradient = Block(zeros: network.weights.count)
    var correct = 0
    let value = network.trainingPass(
      batch.images, on: experience.device, random: batch.random, into: &gradient
    ) { outputs in
      correct = experience.countRight(outputs.logits[0], batch.labels)
      return loss(outputs)
    }
    let more = adjust(&gradient, network)
    optimizer.learningRate = schedule.rate(at: moment)
    let squares = SquaredNorm.of(gradient, on: experience.device.pool)
    optimizer.update(&network.weights, gradient: gradient, on: experience.device)
    return BatchResult(
      loss: value + more, correct: correct, count: batch.labels.count,
      descent: .init(rate: optimizer.learningRate, squares: squares))
  }
}
