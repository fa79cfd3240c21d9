import Datasets
import Networks
import Tensors

/// Learning without forgetting (Li and Hoiem 2017): the old network's answers to the new images are
/// to stay as they were.
struct LearningWithoutForgetting: LossStrategy {
  static let description = StrategyDescription(
    name: "lwf", idea: "distil the old network's answers to the new images",
    keeps: "the last network",
    source: "Li and Hoiem 2017, Learning without forgetting",
    formula:
      "CE(z_new, y) + λ·T²·KL(softmax(t/T) ‖ softmax(z_old/T)), new images only; by tasks: CE + "
      + "(k − 1)·λ·T²·KL, k: tasks so far",
    explanation: """
      Before a task begins the network is copied. While it learns the new classes, the copy says \
      what it would have answered to each new image, and the network is held to those answers on \
      the old outputs. No old image is needed: the new ones serve as questions.

      It works as far as new images bring old knowledge into play. A speed limit looks enough like \
      another one; but nobody ever compares an old class with a new one, so with every class \
      competing (class-incremental) new classes win most of the time. Told the task \
      (scenario=task), it does well.
      """)

  static let hasTeacher = true

  let common: CommonOptions
  private let strength: Float
  private let temperature: Float
  private let rivals: CommonOptions.Rivals
  private let weighing: Weighing

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options)
    strength = options.float("strength", 1, in: 0...10_000, "weight λ of the distillation")
    temperature = options.temperature()
    rivals = options.rivals(.new)
    weighing = options.choice(
      "weigh-by", Weighing.parts,
      "parts: cross-entropy + λ·distillation; tasks: the distillation counts once for each old task"
    )
  }

  func loss(_ logits: [Tensor], _ images: Batch, answers: Tensor?, _ experience: Experience)
    -> [Loss]
  {
    let loss = common.crossEntropy(logits[0], images.labels, experience, among: rivals)
    guard let answers else { return [loss] }
    let kept =
      strength * experience.distillation(logits[0], teacher: answers, temperature: temperature)
    // Told the task, there is a part for each old task already.
    let isOneForAll = experience.tasks.scenario != .taskIncremental
    return [loss + (weighing == .tasks && isOneForAll ? Float(experience.task) : 1) * kept]
  }

  /// What the old network's answers weigh: the same in every task, or as much as there are old tasks, as
  /// van de Ven, Tuytelaars and Tolias 2022 have it where tasks share their outputs.
  enum Weighing: String, CaseIterable, Codable, Hashable, Sendable, LaterChoice {
    static let before = Weighing.parts

    case parts
    case tasks
  }
}
