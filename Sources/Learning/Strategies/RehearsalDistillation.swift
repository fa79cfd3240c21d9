import Datasets
import Networks
import Tensors

/// A small memory of old images, and the old network as a teacher (the notebook's § 9; Li and Hoiem
/// 2017 for the distillation).
struct RehearsalDistillation: LossStrategy {
  static let description = StrategyDescription(
    name: "rehearsal-kd", idea: "replay exemplars, distil the old network's answers",
    keeps: "exemplars, the last network", source: "the notebook, § 9; Li and Hoiem 2017",
    formula: "CE(z, y) + T²·KL(softmax(t/T) ‖ softmax(z_old/T))",
    explanation: """
      Two remedies at once. Rehearsal: a few images of every old class (exemplars) are kept and \
      mixed with the new ones, so that the old classes still have a voice in the loss. \
      Distillation: a frozen copy of the network from before the task is the teacher, and on every \
      image the new network's answers for the old classes shall stay close to the teacher's.

      The memory has a fixed size that all classes share, so each class gets fewer exemplars with \
      every task. Old images are still far outnumbered by new ones, which leaves a bias towards \
      the classes learned last.

      When a task is over, the exemplars of every class are drawn again, those of old classes from \
      all of their training images, as in the notebook. A learner that kept only its exemplars \
      could not do that: memory-from=kept draws from what was kept.
      """)

  let common: CommonOptions
  private let capacity: Int
  private let source: ExemplarSource
  private let temperature: Float
  private let isWeighted: Bool

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options, optimizer: .sgd, weightDecay: 5e-4)
    capacity = options.memory("exemplars in all, shared evenly by the classes so far")
    source = options.exemplarSource()
    temperature = options.temperature()
    isWeighted = options.flag(
      "weighted", false, "weigh by the share λ of old classes: (1−λ)·CE + λ·KD")
  }

  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    architecture.objection(heads: 1) ?? tasks.objection(memory: capacity)
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    experience.newImages + learner.memory.images
  }

  func loss(_ logits: [Tensor], _ images: Batch, answers: Tensor?, _ experience: Experience)
    -> [Loss]
  {
    let loss = common.crossEntropy(logits[0], images.labels, experience)
    guard let answers else { return [loss] }
    let kept = experience.distillation(logits[0], teacher: answers, temperature: temperature)
    return [isWeighted ? experience.weighing(loss, old: kept) : loss + kept]
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    learner.memory.draw(
      perClass: capacity / experience.classes.count, from: source, experience,
      random: experience.stream("memory"))
    learner.teacher = learner.network
  }

  var keepsExemplars: Bool { true }

  var redrawsExemplars: Bool { source == .all }
}
