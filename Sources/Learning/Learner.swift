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

  /// A fresh optimiser and schedule for the network as it is now.
  public mutating func prepare(_ method: Optimizer.Method, _ schedule: Schedule) {
    self.schedule = schedule
    optimizer = Optimizer(method, learningRate: schedule.initial, count: network.weights.count)
  }

  /// Forgets the optimiser: it does not outlive a task.
  mutating func discardOptimizer() {
    optimizer = Optimizer(optimizer.method, learningRate: 0, count: 0)
  }

  /// Forward, loss, backward, update.
  ///
  /// - Parameters:
  ///   - moment: Where the schedule stands.
  ///   - loss: Given the logits of every head, the loss on each.
  public mutating func step(
    _ batch: Batch, at moment: Moment, on device: Device,
    adjust: (_ gradient: inout Block, _ network: Network) -> Float = { _, _ in 0 },
    loss: (_ logits: [Tensor]) -> [Loss]
  ) -> BatchResult {
    stepWithFeatures(batch, at: moment, on: device, adjust: adjust) {
      OutputLoss(loss($0.logits))
    }
  }

  /// The same for a loss that looks at the features too.
  ///
  /// - Parameters:
  ///   - adjust: May change the gradient before the update, by a penalty or a projection; what it
  ///     returns is added to the loss that is reported.
  ///   - loss: Given logits and features, the loss on them.
  public mutating func stepWithFeatures(
    _ batch: Batch, at moment: Moment, on device: Device,
    adjust: (_ gradient: inout Block, _ network: Network) -> Float = { _, _ in 0 },
    loss: (Outputs) -> OutputLoss
  ) -> BatchResult {
    // None was prepared, or a file says so.
    if optimizer.first.count != network.weights.count { prepare(optimizer.method, schedule) }
    var gradient = Block(zeros: network.weights.count)
    var correct = 0
    let value = network.trainingPass(
      batch.images, on: device, random: batch.random, into: &gradient
    ) { outputs in
      correct = zip(predictions(outputs.logits[0]), batch.labels).count { $0 == $1 }
      return loss(outputs)
    }
    let more = adjust(&gradient, network)
    optimizer.learningRate = schedule.rate(at: moment)
    optimizer.update(&network.weights, gradient: gradient, on: device)
    return BatchResult(loss: value + more, correct: correct, count: batch.labels.count)
  }
}

/// The position of the largest logit of every image, the first of equals.
///
/// - Parameter logits: [N, classes]
public func predictions(_ logits: Tensor) -> [Int] {
  let classes = logits.shape[1]
  return (0..<logits.shape[0]).map { image in
    var best = image * classes
    for index in best..<best + classes where logits.elements[index] > logits.elements[best] {
      best = index
    }
    return best - image * classes
  }
}
