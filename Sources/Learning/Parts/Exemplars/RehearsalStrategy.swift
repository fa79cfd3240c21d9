import Datasets
import Networks
import Tensors

/// A strategy whose memory and nearest-mean head are `Rehearsal`'s and whose features are the
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

  mutating func begin(_ lesson: Lesson, _ learner: inout Learner) -> [Stage] {
    prepare(lesson, &learner)
    return rehearsal.stages(learning: common.learning, with: learner.memory)
  }

  mutating func train(
    _ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner
  ) -> BatchResult {
    let chosen = rehearsal.images(of: batch, learner.memory)
    let result = step(on: chosen, batch, lesson, &learner)
    rehearsal.observe(batch, lesson, &learner.memory)
    return result
  }

  func images(for stage: Stage, _ lesson: Lesson, _ learner: Learner) -> [Int] {
    rehearsal.images(for: stage, lesson, learner.memory)
  }

  mutating func survey(_ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner) {
    let network = learner.network
    rehearsal.choose(batch.images, lesson, &learner.memory) {
      lesson.features($0, of: network)
    }
  }

  /// The means, when a task is over.
  mutating func refreshMeans(after stage: Stage, _ lesson: Lesson, _ learner: Learner) {
    guard stage.evaluates else { return }
    rehearsal.refresh(lesson, learner.memory) { lesson.features($0, of: learner.network) }
  }

  mutating func end(_ stage: Stage, _ lesson: Lesson, _ learner: inout Learner) {
    refreshMeans(after: stage, lesson, learner)
  }

  var heads: [ClassifierHead] { [.linear, .nearestMean] }

  func scores(_ images: Tensor, _ lesson: Lesson, _ learner: Learner) -> [Tensor] {
    let outputs = learner.network.outputs(images, on: lesson.device)
    return [outputs.logits[0], rehearsal.means.scores(outputs.features, for: lesson)]
  }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    rehearsal.isPlausible(tasks, features: learner.network.architecture.features)
  }
}
