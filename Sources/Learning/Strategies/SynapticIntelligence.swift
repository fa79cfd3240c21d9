import Datasets
import Networks
import Tensors

/// Synaptic intelligence (Zenke, Poole and Ganguli 2017): a weight's importance is its share in the
/// fall of the loss, summed up along the way.
struct SynapticIntelligence: Strategy {
  static let description = StrategyDescription(
    name: "si", idea: "hold the weights that made the loss fall", keeps: "two numbers a weight",
    source: "Zenke, Poole and Ganguli 2017, Continual learning through synaptic intelligence",
    formula:
      "CE(z, y) + c·Σ_j Ω_j·(θ_j − θ*_j)², Ω_j += Σ_steps −g_j·Δθ_j / ((θ_j − θ_j,start)² + ξ)",
    explanation: """
      While a task is learned, each step lowers the loss by about −g·Δθ, gradient times movement, \
      and this sum can be told apart weight by weight. A weight that brought much of the fall while \
      moving little is important, and is held where it ends by a spring as in EWC. Unlike EWC it \
      costs no extra pass: the importances are a by-product of training.

      g is the gradient of the task's loss alone, without the penalty, and Δθ what the optimizer \
      really did. With all classes competing it fails as EWC does.
      """)

  private let damping: Float
  /// Ω and θ* of the tasks so far, with c.
  private var consolidation: Consolidation
  /// ω, Σ −g·Δθ over the steps of this task.
  private var path = Block([])
  /// θ when the task began.
  private var start = Block([])

  init(_ options: inout OptionReader) {
    let common = CommonOptions(&options)
    let strength = options.float("strength", 1, in: 0...1e9, "weight c of the penalty")
    damping = options.float(
      "damping", 0.1, in: 1e-9...1000,
      "ξ, which keeps weights that hardly moved from counting much")
    consolidation = Consolidation(common, strength: strength, rivals: options.rivals(.new))
  }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    let learning = consolidation.begin(experience, &learner)
    path = Block(zeros: learner.network.weights.count)
    start = learner.network.weights
    return [learning]
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let before = learner.network.weights
    var slope = Block([])
    let result = consolidation.train(batch, experience, &learner) { slope = $0 }
    // A state from a file may have no path yet.
    if path.count == slope.count {
      Springs.follow(
        &path, slope: slope, from: before, to: learner.network.weights, on: experience.device.pool)
    }
    return result
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    var importance = learner.network.weights
    for i in importance.elements.indices {
      let moved = importance.elements[i] - start.elements[i]
      // A sum below 0 says that the weight worked against the task: it is not held.
      importance.elements[i] =
        consolidation.importance(i) + max(0, path.elements[i]) / (moved * moved + damping)
    }
    consolidation.hold(importance, learner)
  }

  func keptBytes(_ learner: Learner) -> Int? { consolidation.bytes }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    [0, learner.network.weights.count].contains(path.count) && start.count == path.count
      && consolidation.isPlausible(learner)
  }
}
