import Datasets
import Networks

/// Experience replay (Rolnick et al. 2019; Chaudhry et al. 2019: On tiny episodic memories): every
/// batch of new images is joined by as many old ones.
struct Replay: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "replay", idea: "every batch holds as many remembered images as new ones",
    keeps: "exemplars", source: "Chaudhry et al. 2019, On tiny episodic memories",
    formula: "CE(z, y) over all outputs, new images and exemplars half and half",
    explanation: """
      The simplest remedy that works: keep a few old images and train on them together with the \
      new ones. Each batch gets as many exemplars as new images, so old classes weigh as much as \
      new ones however small the memory is; the price is that the same few images are seen again \
      and again and are learned by heart.

      Which images are kept matters as much as how many. 'policy=fifo' keeps the last ones, which \
      are all of the newest classes, and forgets nearly as fine tuning does; 'reservoir' keeps a \
      fair sample of all that came by; 'random' and 'herding' keep as many of every class.
      """,
    options: CommonOptions.options(.integer("batch", 32, in: 1...8192, CommonOptions.batch.summary))
      + Rehearsal.options(policy: .random, alwaysReplay: 32))

  private let common: CommonOptions
  var rehearsal: Rehearsal

  init(_ options: OptionValues) {
    common = CommonOptions(options)
    rehearsal = Rehearsal(options)
  }

  mutating func begin(_ lesson: Lesson, _ learner: inout Learner) -> [Stage] {
    learner.growHeads(lesson)
    learner.prepare(common.method, common.schedule)
    return rehearsal.stages(learning: common.learning, with: learner.memory)
  }

  mutating func train(
    _ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner
  ) -> BatchResult {
    let images = lesson.batch(
      rehearsal.images(of: batch, learner.memory), random: batch.random)
    let result = learner.step(images, at: batch.moment, in: lesson) {
      [common.crossEntropy($0[0], images.labels, lesson)]
    }
    _ = rehearsal.observe(batch, lesson, &learner.memory)
    return result
  }
}
