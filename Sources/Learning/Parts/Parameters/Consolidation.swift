import Datasets
import Networks
import Randomness
import Tensors

/// Learning with springs on the weights that earlier tasks depend on: what elastic weight
/// consolidation, synaptic intelligence and memory-aware synapses share. They differ in how a weight's
/// importance is found.
struct Consolidation: Codable, Hashable, Sendable {
  private let common: CommonOptions
  let rivals: CommonOptions.Rivals
  private let strength: Float
  /// Ω and θ* of the tasks so far; nil before the first is over.
  private(set) var penalty: QuadraticPenalty?

  /// - Parameter strength: Of the penalty strength·Σ_j Ω_j·(θ_j − θ*_j)².
  init(_ common: CommonOptions, strength: Float, rivals: CommonOptions.Rivals) {
    self.common = common
    self.strength = strength
    self.rivals = rivals
  }

  /// Makes network, springs and optimizer ready for a task, and says how it is learned.
  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> Stage {
    let before = learner.network.architecture
    learner.growHeads(to: experience.headOutputs, experience)
    penalty?.grow(from: before, to: learner.network.architecture)
    learner.prepare(common.method, common.schedule)
    return common.learning
  }

  /// Learns from one batch, the springs pulling.
  ///
  /// - Parameter observe: Is given the gradient of the task's loss alone.
  func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner,
    observe: (_ gradient: Block) -> Void = { _ in }
  ) -> BatchResult {
    let images = experience.batch(batch.images, random: batch.random)
    return learner.step(images, at: batch.moment, in: experience) { gradient, network in
      observe(gradient)
      return penalty?.add(
        to: &gradient, weights: network.weights, strength: strength, on: experience.device.pool)
        ?? 0
    } loss: {
      OutputLoss([
        common.crossEntropy($0.logits[0], images.labels, experience, among: rivals)
      ])
    }
  }

  /// Ω_j, 0 before the first task is over.
  func importance(_ weight: Int) -> Float { penalty?.importance.elements[weight] ?? 0 }

  /// Holds every weight where it is now.
  mutating func hold(_ importance: Block, _ learner: Learner) {
    penalty = QuadraticPenalty(importance: importance, anchor: learner.network.weights)
  }

  /// Holds every weight with a spring more, as strong as `importance`, where it is now; those before are
  /// `share` of what they were, and stay where they are. Springs on one weight are together one
  /// spring, at their mean by strength.
  mutating func add(_ importance: Block, besides share: Float, _ learner: Learner) {
    var (sum, anchor) = (importance, learner.network.weights)
    if let penalty {
      for i in sum.elements.indices {
        let old = share * penalty.importance.elements[i]
        sum.elements[i] += old
        guard sum.elements[i] > 0 else { continue }
        anchor.elements[i] +=
          old / sum.elements[i] * (penalty.anchor.elements[i] - anchor.elements[i])
      }
    }
    penalty = QuadraticPenalty(importance: sum, anchor: anchor)
  }

  var bytes: Int { penalty?.bytes ?? 0 }

  func isPlausible(_ learner: Learner) -> Bool {
    penalty?.isPlausible(for: learner.network.architecture) ?? true
  }
}

/// Something of every weight, averaged over images of a task batch by batch.
struct ImportanceSurvey: Codable, Hashable, Sendable {
  /// What the stream that draws the images is called.
  private let name: String
  /// At most so many images are looked at.
  private let limit: Int
  /// The sum over those that have been.
  private var sum = Block([])

  init(_ name: String, images limit: Int) {
    self.name = name
    self.limit = limit
  }

  mutating func begin(_ learner: Learner) { sum = Block(zeros: learner.network.weights.count) }

  /// The images to look at, drawn from the new ones.
  func images(_ experience: Experience) -> [Int] {
    var random = experience.stream(name)
    return random.sample(limit, from: experience.newImages)
  }

  mutating func add(_ part: Block) {
    for i in sum.elements.indices { sum.elements[i] += part.elements[i] }
  }

  /// The mean over the images, times `weight`; the sum is gone.
  mutating func finish(_ experience: Experience, weight: Float = 1) -> Block {
    let count = Float(max(1, images(experience).count))
    var mean = Block([])
    swap(&mean, &sum)
    for i in mean.elements.indices { mean.elements[i] = weight * mean.elements[i] / count }
    return mean
  }

  func isPlausible(_ learner: Learner) -> Bool {
    [0, learner.network.weights.count].contains(sum.count)
  }
}
