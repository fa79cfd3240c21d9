import Datasets
import Networks
import Randomness
import Tensors

/// Averaged gradient episodic memory (Chaudhry et al. 2019: Efficient lifelong learning with A-GEM).
struct AveragedGEM: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "a-gem", idea: "take no step that raises the loss on the memory", keeps: "exemplars",
    source: "Chaudhry et al. 2019, Efficient lifelong learning with A-GEM",
    formula: "g ← g − (gᵀr / rᵀr)·r if gᵀr < 0; g: gradient of CE on new images, r: on exemplars",
    explanation: """
      Exemplars are not trained on; they only forbid. Before each step the gradient on some \
      exemplars is computed. If the step for the new images would raise the loss on those (the two \
      gradients point apart), the part that does is taken out, and the rest is orthogonal to what \
      the memory asks for.

      Not raising the loss is less than lowering it: with all classes competing and plain SGD the \
      method stays close to fine tuning, which its papers, measured with the task told, do not \
      show. Adam rescales every coordinate of the projected gradient, so that the step is no \
      longer orthogonal to r: on road signs it then comes close to replay.
      """)

  let common: CommonOptions
  private let referenceCount: Int
  var rehearsal: Rehearsal

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options, batch: 32)
    rehearsal = Rehearsal(&options, policy: .random, replay: .never)
    referenceCount = options.integer(
      "reference", 64, in: 1...8192, "exemplars that the reference gradient comes from")
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    stage.purpose == .survey ? experience.newImagesByClass : experience.newImages
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let reference = experience.task == 0 ? nil : self.reference(batch, experience, learner)
    let images = experience.batch(batch.images, random: batch.random)
    let result = learner.step(images, at: batch.moment, in: experience) { gradient, _ in
      if let reference { gradient.project(awayFrom: reference) }
      return 0
    } loss: {
      OutputLoss([common.crossEntropy($0.logits[0], images.labels, experience)])
    }
    rehearsal.observe(batch, experience, &learner.memory)
    return result
  }

  /// The gradient of the loss on exemplars.
  private func reference(_ batch: Minibatch, _ experience: Experience, _ learner: Learner) -> Block
  {
    let random = batch.random.stream("reference")
    let exemplars = learner.memory.sample(referenceCount, random: random)
    return learner.gradient(on: exemplars, experience, random: random) { logits, labels in
      common.crossEntropy(logits, labels, experience)
    }
  }
}
