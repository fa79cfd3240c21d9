import Datasets
package import Networks
import Randomness
package import Tensors

/// Elastic weight consolidation (Kirkpatrick et al. 2017) in its online form, with one sum of
/// importances for all tasks (Schwarz et al. 2018).
struct ElasticWeightConsolidation: Strategy {
  static let strength = StrategyOption.real(
    "strength", 5000, in: 0...1e12, "weight λ of the penalty")
  static let decay = StrategyOption.real(
    "decay", 1, in: 0...1, "what is left of earlier tasks' importances, γ")
  static let images = StrategyOption.integer(
    "fisher-images", 200, in: 1...1_000_000, "images of a task that its importances come from")
  static let description = StrategyDescription(
    name: "ewc", idea: "hold the weights that old answers depend on", keeps: "two numbers a weight",
    source: "Kirkpatrick et al. 2017; online: Schwarz et al. 2018",
    formula: "CE(z, y) + λ/2·Σ_j F_j·(θ_j − θ*_j)², F_j = E_x Σ_c p_c·(∂log p_c/∂θ_j)²",
    explanation: """
      Not every weight matters for what was learned. The Fisher information F says how strongly \
      the network's answers depend on each weight; a spring of that strength holds the weight \
      where it was at the end of the task. Weights that old answers do not depend on are free for \
      the new task.

      F is computed exactly: for every image and every class the gradient of the log-probability \
      is squared, then averaged with the probabilities the network itself gives. Squaring the \
      gradient of a whole batch, as some programs do, is wrong by about the size of the batch.

      With all classes competing it fails instructively: the springs keep old features, but the \
      new outputs are trained without ever seeing an old image and win over the old ones.
      """,
    options: CommonOptions.all + [strength, decay, images, CommonOptions.rivals("new")])

  private let common: CommonOptions
  private let strength: Float
  private let decay: Float
  private let imageCount: Int
  private let rivals: CommonOptions.Rivals
  /// F and θ* of the tasks so far.
  private(set) var penalty: QuadraticPenalty?
  /// The sum over the images of the task that have been looked at.
  private var fisher = Block([])

  init(_ options: OptionValues) {
    common = CommonOptions(options)
    strength = options[float: Self.strength]
    decay = options[float: Self.decay]
    imageCount = options[integer: Self.images]
    rivals = CommonOptions.Rivals(options)
  }

  mutating func begin(_ lesson: Lesson, _ learner: inout Learner) -> [Stage] {
    let before = learner.network.architecture
    learner.growHeads(lesson)
    penalty?.grow(from: before, to: learner.network.architecture)
    learner.prepare(common.method, common.schedule)
    fisher = Block(zeros: learner.network.weights.count)
    return [common.learning, .survey(batchSize: 16, evaluates: false)]
  }

  func images(for stage: Stage, _ lesson: Lesson, _ learner: Learner) -> [Int] {
    guard stage.purpose == .survey else { return lesson.newImages }
    var random = lesson.stream("fisher")
    return random.sample(imageCount, from: lesson.newImages)
  }

  mutating func train(
    _ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner
  ) -> BatchResult {
    let images = lesson.batch(batch.images, random: batch.random)
    return learner.step(images, at: batch.moment, on: lesson.device) { gradient, network in
      penalty?.add(to: &gradient, weights: network.weights, strength: strength / 2) ?? 0
    } loss: { logits in
      [common.crossEntropy(logits[0], images.labels, lesson, among: rivals)]
    }
  }

  mutating func survey(_ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner) {
    let sum = learner.network.fisherSum(
      lesson.plainBatch(batch.images).images, on: lesson.device)
    for i in fisher.elements.indices { fisher.elements[i] += sum.elements[i] }
  }

  mutating func end(_ stage: Stage, _ lesson: Lesson, _ learner: inout Learner) {
    guard stage.purpose == .survey else { return }
    let count = Float(max(1, images(for: stage, lesson, learner).count))
    var importance = fisher
    for i in importance.elements.indices {
      importance.elements[i] =
        importance.elements[i] / count + decay * (penalty?.importance.elements[i] ?? 0)
    }
    penalty = QuadraticPenalty(importance: importance, anchor: learner.network.weights)
    fisher = Block([])
  }

  func keptBytes(_ learner: Learner) -> Int? { penalty?.bytes ?? 0 }

  func isPlausible(_ learner: Learner, _ setup: Run.Setup) -> Bool {
    let weights = learner.network.weights.count
    return [0, weights].contains(fisher.count)
      && penalty?.isPlausible(for: learner.network.architecture) ?? true
  }
}

extension Network {
  /// Σ over images of the exact diagonal Fisher information Σ_c p_c·(∂log p_c/∂θ_j)², the network as
  /// in evaluation.
  ///
  /// Classes of a probability below 10⁻⁷ are left out.
  ///
  /// - Parameter images: [N, height, width, channels]
  package func fisherSum(_ images: Tensor, on device: Device) -> Block {
    sumOverImages(images, on: device, combine: .square) { logits in
      let p = softmax(logits)
      return p.indices.filter { p[$0] > 1e-7 }.map { label -> (weight: Float, gradient: [Float]) in
        // ∂log p_c/∂z = e_c − p
        (p[label], p.indices.map { ($0 == label ? 1 : 0) - p[$0] })
      }
    }
  }
}

/// exp(z) / Σ exp(z)
func softmax(_ logits: [Float]) -> [Float] {
  let loss = crossEntropy(Tensor([1, logits.count], logits), labels: [0])
  return loss.gradient.elements.enumerated().map { $0 == 0 ? $1 + 1 : $1 }
}
