import Datasets
import Networks
import Tensors

/// Experience replay (Rolnick et al. 2019; Chaudhry et al. 2019: On tiny episodic memories): every
/// batch of new images is joined by as many old ones.
struct Replay: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "replay", idea: "every batch holds as many remembered images as new ones",
    keeps: "exemplars", source: "Chaudhry et al. 2019, On tiny episodic memories",
    formula:
      "CE(z, y) over all outputs, new images and exemplars half and half; by tasks: CE(new)/k + "
      + "(1 − 1/k)·CE(exemplars), k: tasks so far",
    explanation: """
      The simplest remedy that works: keep a few old images and train on them together with the \
      new ones. Each batch gets as many exemplars as new images, so old classes weigh as much as \
      new ones however small the memory is; the price is that the same few images are seen again \
      and again and are learned by heart.

      Which images are kept matters as much as how many. 'policy=fifo' keeps the last ones, which \
      are all of the newest classes, and forgets nearly as fine tuning does; 'reservoir' keeps a \
      fair sample of all that came by; 'random' and 'herding' keep as many of every class.
      """)

  let common: CommonOptions
  var rehearsal: Rehearsal
  private let weighing: Weighing

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options, batch: 32)
    rehearsal = Rehearsal(&options, policy: .random, replay: .always)
    weighing = options.choice(
      "weigh-by", Weighing.images,
      "images: every image weighs the same; tasks: every task does, in task k the new images 1/k")
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let chosen = rehearsal.images(of: batch, learner.memory)
    let result =
      weighing == .images
      ? step(on: chosen, batch, experience, &learner)
      : stepByTasks(on: chosen, batch, experience, &learner)
    rehearsal.observe(batch, experience, &learner.memory)
    return result
  }

  /// What new images and exemplars weigh in the loss.
  enum Weighing: String, CaseIterable, Codable, Hashable, Sendable, LaterChoice {
    static let before = Weighing.images

    case images
    case tasks
  }

  /// Each part of the loss is a mean over its own images, weighted by how many tasks it stands for (van
  /// de Ven, Tuytelaars and Tolias 2022).
  private func stepByTasks(
    on chosen: [Int], _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let labels = experience.data.train.labels
    let new = chosen.filter { experience.newClasses.contains(labels[$0]) }
    let old = chosen.filter { !experience.newClasses.contains(labels[$0]) }
    let images = experience.batch(new + old, random: batch.random)
    return learner.step(images, at: batch.moment, in: experience) { outputs in
      let z = outputs.logits[0]
      func part(_ rows: Range<Int>) -> Loss {
        common.crossEntropy(z.rows(rows), Array(images.labels[rows]), experience)
      }
      guard !new.isEmpty, !old.isEmpty else { return OutputLoss([part(0..<chosen.count)]) }
      let share = 1 / Float(experience.task + 1)
      return OutputLoss([
        (share * part(0..<new.count)).above((1 - share) * part(new.count..<chosen.count))
      ])
    }
  }
}
