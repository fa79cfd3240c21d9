import Datasets
import Networks
import Tensors

/// A strategy that takes one step down a loss for each batch: what every one of them does.
///
/// One that only has another loss says `common` and `loss`. One that prepares more for a task calls
/// `prepare` in its `begin`; one that chooses other images for a batch calls `step` in its `train`.
protocol LossStrategy: Strategy {
  var common: CommonOptions { get }

  /// Whether the network as it was before a task teaches it during the task.
  static var hasTeacher: Bool { get }

  /// The loss on the logits of every head.
  ///
  /// - Parameters:
  ///   - logits: Of each head, [N, outputs].
  ///   - images: N images with their outputs for labels.
  ///   - answers: The teacher's logits for them, [N, outputs then]; nil without a teacher.
  func loss(_ logits: [Tensor], _ images: Batch, answers: Tensor?, _ experience: Experience)
    -> [Loss]
}

extension LossStrategy {
  static var hasTeacher: Bool { false }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    prepare(experience, &learner)
    return [common.learning]
  }

  /// Makes teacher, heads, optimizer and schedule ready for a task.
  func prepare(_ experience: Experience, _ learner: inout Learner) {
    if Self.hasTeacher { learner.teacher = experience.task == 0 ? nil : learner.network }
    learner.growHeads(to: outputs(experience.tasks, through: experience.task), experience)
    learner.prepare(common.method, common.schedule)
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    step(on: batch.images, batch, experience, &learner)
  }

  /// Takes one step.
  ///
  /// - Parameter chosen: Positions in the training split: the batch's own, and what joins them.
  func step(
    on chosen: [Int], _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let images = experience.batch(chosen, random: batch.random)
    let answers = learner.teacher?.logits(images.images, on: experience.device)[0]
    return learner.step(images, at: batch.moment, in: experience) {
      OutputLoss(loss($0.logits, images, answers: answers, experience))
    }
  }

  /// Cross-entropy over the outputs that compete.
  func loss(_ logits: [Tensor], _ images: Batch, answers: Tensor?, _ experience: Experience)
    -> [Loss]
  {
    [common.crossEntropy(logits[0], images.labels, experience)]
  }
}
