import Datasets
import Networks
import Tensors

/// A strategy whose memory and nearest-mean classifier are `Rehearsal`'s and whose features are the
/// network's. Exemplars join the batches; after its step a batch is offered to the memory, which one
/// that has a `train` of its own must do too, by `rehearsal.observe`.
protocol RehearsalStrategy: LossStrategy {
  var rehearsal: Rehearsal { get set }

  /// The scores of the classifier `linear`.
  ///
  /// - Parameter logits: The network's, [N, outputs].
  func linearScores(_ logits: Tensor, _ experience: Experience) -> Tensor
}

extension RehearsalStrategy {
  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    architecture.objection(heads: 1) ?? rehearsal.objection(tasks)
  }

  var keepsExemplars: Bool { true }

  var keptImages: [Int] { rehearsal.keptImages }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    prepare(experience, &learner)
    return rehearsal.stages(learning: common.learning, with: learner.memory)
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let chosen = rehearsal.images(of: batch, learner.memory)
    let result = step(on: chosen, batch, experience, &learner)
    rehearsal.observe(batch, experience, &learner.memory)
    return result
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    rehearsal.images(for: stage, experience, learner.memory)
  }

  mutating func survey(_ batch: Minibatch, _ experience: Experience, _ learner: inout Learner) {
    rehearsal.choose(batch.images, experience, &learner.memory, by: [learner.network])
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    rehearsal.refresh(after: stage, experience, learner.memory, by: [learner.network])
  }

  var classifiers: [Classifier] { [.linear, .nearestMean] }

  func linearScores(_ logits: Tensor, _ experience: Experience) -> Tensor {
    experience.scoresSoFar(logits)
  }

  func scores(_ images: Tensor, _ experience: Experience, _ learner: Learner) -> [Tensor] {
    let outputs = learner.network.outputs(images, on: experience.device)
    return classifiers.map { classifier in
      classifier == .nearestMean
        ? rehearsal.means.scores(outputs.features, for: experience)
        : linearScores(outputs.logits[0], experience)
    }
  }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    rehearsal.isPlausible(tasks, features: learner.network.architecture.features)
  }
}
