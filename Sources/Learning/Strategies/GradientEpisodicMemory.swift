import Datasets
import Networks
import Randomness
import Tensors

/// Gradient episodic memory (Lopez-Paz and Ranzato 2017): a step may raise the loss of no old task's
/// exemplars.
struct GradientEpisodicMemory: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "gem", idea: "take no step that raises the loss of any old task", keeps: "exemplars",
    source: "Lopez-Paz and Ranzato 2017, Gradient episodic memory for continual learning",
    formula:
      "g ← g + Gᵀv, v = argmin ½·vᵀGGᵀv + gᵀGᵀv with v ≥ γ, if any Gg < 0; G: a row per old task",
    explanation: """
      Exemplars are not trained on; they only forbid. Before each step one gradient is computed for \
      every old task, on its exemplars. If the step for the new images would raise the loss of any \
      of them, the nearest step that raises none is taken instead: a small quadratic program with \
      an unknown for each old task. 'a-gem' asks for less, no rise of the mean over all exemplars, \
      and costs one more gradient instead of one for each task.

      Not raising the loss is less than lowering it: with all classes competing and plain SGD it \
      stays far behind replay of the same exemplars. Told the task, as in its paper, it keeps \
      nearly everything.
      """)

  let common: CommonOptions
  private let margin: Double
  private let perTask: Int
  var rehearsal: Rehearsal

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options, batch: 32)
    rehearsal = Rehearsal(&options, policy: .random, replay: .never)
    perTask = options.integer(
      "reference", 256, in: 1...8192, "exemplars at most that an old task's gradient comes from")
    margin = options.real(
      "margin", 0.5, in: 0...100,
      "least weight γ of an old task's gradient where steps are turned; above 0 it also lowers the loss"
    )
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    stage.purpose == .survey ? experience.newImagesByClass : experience.newImages
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let references = references(batch, experience, learner)
    let images = experience.batch(batch.images, random: batch.random)
    let result = learner.step(images, at: batch.moment, in: experience) { gradient, _ in
      gradient.turn(towards: references, margin: margin)
      return 0
    } loss: {
      OutputLoss([common.crossEntropy($0.logits[0], images.labels, experience)])
    }
    rehearsal.observe(batch, experience, &learner.memory)
    return result
  }

  /// The gradient of each old task's loss on its exemplars; none for a task that has none.
  private func references(_ batch: Minibatch, _ experience: Experience, _ learner: Learner)
    -> [Block]
  {
    (0..<experience.task).compactMap { task in
      let random = batch.random.stream("reference").stream(task)
      let images = experience.tasks.tasks[task].flatMap { learner.memory.images(of: $0) }
      var drawn = random
      let exemplars =
        images.count > perTask ? drawn.sample(perTask, from: images) : images
      guard !exemplars.isEmpty else { return nil }
      return learner.gradient(on: exemplars, experience, random: random) { logits, labels in
        common.crossEntropy(logits, labels, experience)
      }
    }
  }
}
