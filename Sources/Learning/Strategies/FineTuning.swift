import Datasets
import Networks

/// Gradient descent on the new classes only: what forgetting looks like (the notebook's § 7).
struct FineTuning: Strategy {
  static let description = StrategyDescription(
    name: "finetune", idea: "train on the new classes only", keeps: "nothing",
    source: "the notebook, § 4 and 7", formula: "CE(z, y) over all outputs, new images only",
    explanation: """
      The network keeps learning from nothing but the new images. Nothing in the loss speaks for \
      the old classes any more: the cheapest way to be right on new images is never to answer with \
      an old class, and a few hundred steps suffice to learn just that. What is seen is \
      catastrophic forgetting in its plainest form.

      It is the lower bound: a strategy that does not beat it is of no use.
      """,
    options: CommonOptions.all)

  private let common: CommonOptions

  init(_ options: OptionValues) { common = CommonOptions(options) }

  mutating func begin(_ lesson: Lesson, _ learner: inout Learner) -> [Stage] {
    learner.growHeads(lesson)
    learner.prepare(common.method, common.schedule)
    return [common.learning]
  }

  mutating func train(
    _ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner
  ) -> BatchResult {
    let images = lesson.batch(batch.images, random: batch.random)
    return learner.step(images, at: batch.moment, in: lesson) {
      [common.crossEntropy($0[0], images.labels, lesson)]
    }
  }
}
