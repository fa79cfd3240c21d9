import Datasets
import Networks
import Randomness
import Tensors

/// The notebook's § 10, which it calls DER: one backbone, two heads on normalized features, batches
/// half new and half remembered, and a balancing pass after every task.
struct NotebookDER: LossStrategy {
  static let description = StrategyDescription(
    name: "der-cnn", idea: "half-new, half-remembered batches, two heads, a balancing pass",
    keeps: "exemplars, the last network", source: "the notebook, § 10",
    formula: "CE(z, y) + 0.7·CE(z_aux, y) + 1.5·T²·KL(softmax(t/T) ‖ softmax(z_old/T))",
    explanation: """
      Each step trains on as many remembered images as new ones, so that old and new classes weigh \
      the same however few exemplars there are. A second, auxiliary head is trained on the same \
      features and makes them more telling; a frozen copy of the old network teaches as in \
      distillation; and one pass over the memory alone ends every task and takes back the bias \
      towards new classes. After every task the exemplars are drawn again, those of old classes from \
      all of their training images, as in the notebook; memory-from=kept keeps those that there are.

      It needs a network with two heads ('define model dercnn'), and despite its name in the \
      notebook it is not the DER of the literature, neither dark experience replay nor dynamically \
      expandable representation.
      """)

  let common: CommonOptions
  private let perClass: Int
  private let source: ExemplarSource
  private let temperature: Float
  private let auxiliaryWeight: Float
  private let distillationWeight: Float
  /// The memory that was used while the task was learned.
  private var used = Memory()

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options, decayEvery: 3, decayFactor: 0.3)
    perClass = options.integer("per-class", 10, in: 1...100_000, "exemplars of every class")
    source = options.exemplarSource()
    temperature = options.temperature()
    auxiliaryWeight = options.float(
      "auxiliary", 0.7, in: 0...100, "weight of the auxiliary head's loss")
    distillationWeight = options.float(
      "distillation", 1.5, in: 0...100, "weight of the distillation loss")
  }

  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    architecture.objection(heads: 2)
  }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    prepare(experience, &learner)
    var stages = [learning]
    if !learner.memory.isEmpty {
      stages.append(Stage(.balance, epochs: 1, batchSize: common.batch, evaluates: false))
    }
    return stages
  }

  /// Half of a batch is remembered.
  private var learning: Stage {
    Stage(
      .learn, epochs: common.epochs, steps: common.steps, batchSize: max(1, common.batch / 2),
      evaluates: true)
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    stage.purpose == .learn ? experience.newImages : used.images
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    if batch.stage.purpose == .balance { return balance(batch, experience, &learner) }
    let exemplars = exemplars(for: batch, experience, learner.memory)
    return step(on: batch.images + exemplars, batch, experience, &learner)
  }

  func loss(_ logits: [Tensor], _ images: Batch, answers: Tensor?, _ experience: Experience)
    -> [Loss]
  {
    var main = common.crossEntropy(logits[0], images.labels, experience)
    if let answers {
      main =
        main + distillationWeight
        * experience.distillation(logits[0], teacher: answers, temperature: temperature)
    }
    return [main, auxiliaryWeight * common.crossEntropy(logits[1], images.labels, experience)]
  }

  /// The remembered half of a batch: the memory, shuffled, piece by piece, and shuffled again
  /// when used up.
  private func exemplars(
    for batch: Minibatch, _ experience: Experience, _ memory: Memory
  ) -> [Int] {
    var images = memory.images
    guard !images.isEmpty else { return [] }
    let size = batch.stage.batchSize
    let pieces = (images.count + size - 1) / size
    let (round, piece) = batch.number.quotientAndRemainder(dividingBy: pieces)
    var random = experience.stream("rehearsal").stream(batch.epoch).stream(round)
    random.shuffle(&images)
    return Array(images[piece * size..<min((piece + 1) * size, images.count)])
  }

  private func balance(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let images = experience.batch(batch.images, random: batch.random)
    // The rate is that with which the task was learned in the end.
    let size = learning.batchSize
    let epochs = learning.epochs(of: (experience.newImages.count + size - 1) / size)
    return learner.step(images, at: Moment(epoch: epochs, of: epochs), in: experience) { outputs in
      OutputLoss([
        common.crossEntropy(outputs.logits[0], images.labels, experience),
        0 * common.crossEntropy(outputs.logits[1], images.labels, experience),
      ])
    }
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    if stage.purpose == .learn {
      used = learner.memory
      learner.memory.draw(
        perClass: perClass, from: source, experience, random: experience.stream("memory"))
    }
    learner.teacher = learner.network
  }

  var keepsExemplars: Bool { true }

  var keptImages: [Int] { used.images }

  var redrawsExemplars: Bool { source == .all }
}
