import Datasets
import Networks
import Tensors

/// A strategy whose memory and nearest-mean classifier are `Rehearsal`'s and whose features are the
/// network's. Exemplars join the batches; after its step a batch is offered to the memory, which one
/// that has a `train` of its own must do too, by `rehearsal.observe`.
protocol RehearsalStrategy: ImageKeeping, LossStrategy {
  var rehearsal: Rehearsal { get set }
}

extension RehearsalStrategy {
  func objection(to setting: StrategySetting) -> StrategyObjection? {
    setting.objection(heads: 1) ?? setting.objection(memory: rehearsal.capacity)
  }

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
    let network = learner.network
    rehearsal.choose(batch.images, experience, &learner.memory) {
      experience.features($0, of: network)
    }
  }

  /// The means, when a task is over.
  mutating func refreshMeans(after stage: Stage, _ experience: Experience, _ learner: Learner) {
    guard stage.evaluates else { return }
    rehearsal.refresh(experience, learner.memory) { experience.features($0, of: learner.network) }
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    refreshMeans(after: stage, experience, learner)
  }

  var classifiers: [Classifier] { [.linear, .nearestMean] }

  func scores(_ images: Tensor, _ experience: Experience, _ learner: Learner) -> [Tensor] {
    let outputs = learner.network.outputs(images, on: experience.device)
    return [outputs.logits[0], rehearsal.means.scores(outputs.features, for: experience)]
  }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    rehearsal.isPlausible(tasks, features: learner.network.architecture.features)
  }
}
