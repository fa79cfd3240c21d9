import Datasets
import Networks
import Randomness
import Tensors

/// Experience replay with asymmetric cross-entropy (Caccia et al. 2022: New insights on reducing
/// abrupt representation change).
struct ErACE: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "er-ace", idea: "replay in which new images push no old output down",
    keeps: "exemplars",
    source: "Caccia et al. 2022, New insights on reducing abrupt representation change",
    formula: "CE(z over the classes in the batch, y), new images + CE(z, y), exemplars",
    explanation: """
      When a task begins, its images lie among those of old classes, and cross-entropy pushes \
      everything old out of the way at once: features are torn up before replay can mend them. \
      The asymmetric loss spares them. New images are told apart only from the classes of their \
      own batch; telling new from old is left to the exemplars, for which all outputs compete.

      The memory is a reservoir: the loss needs no task boundaries.
      """)

  let common: CommonOptions
  var rehearsal: Rehearsal

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options, batch: 32)
    rehearsal = Rehearsal(&options, policy: .reservoir, replay: .always)
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    // Exemplars are replayed as soon as one task has passed.
    let exemplars =
      experience.task == 0
      ? [] : learner.memory.sample(rehearsal.perBatch, random: batch.random.stream("replay"))
    let images = experience.batch(batch.images + exemplars, random: batch.random)
    let result = learner.step(images, at: batch.moment, in: experience) { outputs in
      let (z, new) = (outputs.logits[0], batch.images.count)
      let asymmetric = experience.batchCrossEntropy(
        z.rows(0..<new), Array(images.labels[..<new]), smoothing: common.smoothing)
      guard !exemplars.isEmpty else { return OutputLoss([asymmetric]) }
      let replayed = common.crossEntropy(
        z.rows(new..<images.labels.count), Array(images.labels[new...]), experience)
      return OutputLoss([asymmetric.above(replayed)])
    }
    rehearsal.observe(batch, experience, &learner.memory)
    return result
  }
}
