import Datasets
package import Networks
import Randomness
package import Tensors

/// Memory-aware synapses (Aljundi et al. 2018): a weight's importance is how much the outputs change
/// with it; labels play no part.
struct MemoryAwareSynapses: Strategy {
  static let strength = StrategyOption.real("strength", 1, in: 0...1e9, "weight λ of the penalty")
  static let share = StrategyOption.real(
    "old-share", 0.5, in: 0...1, "share α of earlier tasks in the importances")
  static let images = StrategyOption.integer(
    "importance-images", 1000, in: 1...1_000_000,
    "images of a task that its importances come from")
  static let description = StrategyDescription(
    name: "mas", idea: "hold the weights that the outputs depend on", keeps: "two numbers a weight",
    source: "Aljundi et al. 2018, Memory aware synapses",
    formula: "CE(z, y) + λ·Σ_j Ω_j·(θ_j − θ*_j)², Ω_j = E_x |∂‖z(x)‖²/∂θ_j|",
    explanation: """
      As in EWC springs hold the important weights, but importance is asked of the outputs, not of \
      the loss: how much does the squared length of the logits change when the weight changes a \
      little? The answer needs no labels, so it could be computed on any images at hand, and it \
      does not fade where the network is sure of itself, as the gradient of a loss does.

      With all classes competing it fails as EWC does.
      """,
    options: CommonOptions.all + [strength, share, images, CommonOptions.rivals("new")])

  private let common: CommonOptions
  private let strength: Float
  private let share: Float
  private let imageCount: Int
  private let rivals: CommonOptions.Rivals
  /// Ω and θ* of the tasks so far.
  private(set) var penalty: QuadraticPenalty?
  /// The sum over the images of the task that have been looked at.
  private var sum = Block([])

  init(_ options: OptionValues) {
    common = CommonOptions(options)
    strength = options[float: Self.strength]
    share = options[float: Self.share]
    imageCount = options[integer: Self.images]
    rivals = CommonOptions.Rivals(options)
  }

  mutating func begin(_ lesson: Lesson, _ learner: inout Learner) -> [Stage] {
    let before = learner.network.architecture
    learner.growHeads(lesson)
    penalty?.grow(from: before, to: learner.network.architecture)
    learner.prepare(common.method, common.schedule)
    sum = Block(zeros: learner.network.weights.count)
    return [common.learning, .survey(batchSize: 64, evaluates: false)]
  }

  func images(for stage: Stage, _ lesson: Lesson, _ learner: Learner) -> [Int] {
    guard stage.purpose == .survey else { return lesson.newImages }
    var random = lesson.stream("importance")
    return random.sample(imageCount, from: lesson.newImages)
  }

  mutating func train(
    _ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner
  ) -> BatchResult {
    let images = lesson.batch(batch.images, random: batch.random)
    return learner.step(images, at: batch.moment, on: lesson.device) { gradient, network in
      penalty?.add(to: &gradient, weights: network.weights, strength: strength) ?? 0
    } loss: { logits in
      [common.crossEntropy(logits[0], images.labels, lesson, among: rivals)]
    }
  }

  mutating func survey(_ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner) {
    let part = learner.network.outputSensitivitySum(
      lesson.plainBatch(batch.images).images, on: lesson.device)
    for i in sum.elements.indices { sum.elements[i] += part.elements[i] }
  }

  mutating func end(_ stage: Stage, _ lesson: Lesson, _ learner: inout Learner) {
    guard stage.purpose == .survey else { return }
    let count = Float(max(1, images(for: stage, lesson, learner).count))
    let old = penalty == nil ? 0 : share
    var importance = sum
    for i in importance.elements.indices {
      importance.elements[i] =
        (1 - old) * importance.elements[i] / count
        + old * (penalty?.importance.elements[i] ?? 0)
    }
    penalty = QuadraticPenalty(importance: importance, anchor: learner.network.weights)
    sum = Block([])
  }

  func keptBytes(_ learner: Learner) -> Int? { penalty?.bytes ?? 0 }

  func isPlausible(_ learner: Learner, _ setup: Run.Setup) -> Bool {
    let weights = learner.network.weights.count
    return [0, weights].contains(sum.count)
      && penalty?.isPlausible(for: learner.network.architecture) ?? true
  }
}

extension Network {
  /// Σ over images of |∂‖z(x)‖²/∂θ_j|, the network as in evaluation.
  ///
  /// - Parameter images: [N, height, width, channels]
  package func outputSensitivitySum(_ images: Tensor, on device: Device) -> Block {
    sumOverImages(images, on: device, combine: .magnitude) { logits in
      [(weight: Float(1), gradient: logits.map { 2 * $0 })]
    }
  }
}
