import Datasets
package import Networks
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
      does not fade where the network is sure of itself, as the gradient of a loss does. As in EWC \
      only the outputs that compete while the task is learned are asked.

      With all classes competing it fails as EWC does.
      """,
    options: CommonOptions.all + [strength, share, images, CommonOptions.rivals("new")])

  private let share: Float
  /// Ω and θ* of the tasks so far, with λ.
  private var consolidation: Consolidation
  private var sensitivity: ImportanceSurvey

  init(_ options: OptionValues) {
    share = options[float: Self.share]
    consolidation = Consolidation(options, strength: options[float: Self.strength])
    sensitivity = ImportanceSurvey("importance", images: options[integer: Self.images])
  }

  mutating func begin(_ lesson: Lesson, _ learner: inout Learner) -> [Stage] {
    let learning = consolidation.begin(lesson, &learner)
    sensitivity.begin(learner)
    return [learning, .survey(batchSize: 64, evaluates: false)]
  }

  func images(for stage: Stage, _ lesson: Lesson, _ learner: Learner) -> [Int] {
    stage.purpose == .survey ? sensitivity.images(lesson) : lesson.newImages
  }

  mutating func train(
    _ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner
  ) -> BatchResult {
    consolidation.train(batch, lesson, &learner)
  }

  mutating func survey(_ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner) {
    sensitivity.add(
      learner.network.outputSensitivitySum(
        lesson.plainBatch(batch.images).images, among: consolidation.competing(in: lesson),
        on: lesson.device))
  }

  mutating func end(_ stage: Stage, _ lesson: Lesson, _ learner: inout Learner) {
    guard stage.purpose == .survey else { return }
    let old = lesson.task == 0 ? 0 : share
    var importance = sensitivity.finish(lesson, weight: 1 - old)
    for i in importance.elements.indices {
      importance.elements[i] += old * consolidation.importance(i)
    }
    consolidation.hold(importance, learner)
  }

  func keptBytes(_ learner: Learner) -> Int? { consolidation.bytes }

  func isPlausible(_ learner: Learner, _ setup: Run.Setup) -> Bool {
    sensitivity.isPlausible(learner) && consolidation.isPlausible(learner)
  }
}

extension Network {
  /// Σ over images of |∂‖z(x)‖²/∂θ_j|, the network as in evaluation.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels]
  ///   - rivals: The outputs that z is of; all if nil.
  package func outputSensitivitySum(
    _ images: Tensor, among rivals: Range<Int>? = nil, on device: Device
  ) -> Block {
    sumOverImages(images, on: device, combine: .magnitude) { logits in
      let rivals = rivals ?? logits.indices
      return [
        (
          weight: Float(1),
          gradient: logits.indices.map { rivals.contains($0) ? 2 * logits[$0] : 0 }
        )
      ]
    }
  }
}
