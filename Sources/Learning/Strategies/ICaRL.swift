import Datasets
import Networks
import Tensors

/// iCaRL (Rebuffi et al. 2017: Incremental classifier and representation learning): sigmoid outputs,
/// herded exemplars, and classification by the nearest mean of exemplars.
struct ICaRL: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "icarl", idea: "learn features with exemplars, classify by the nearest mean of exemplars",
    keeps: "exemplars, the last network",
    source: "Rebuffi et al. 2017, iCaRL: Incremental classifier and representation learning",
    formula: "Σ_new BCE(σ(z), y) + Σ_old BCE(σ(z), σ(z_old)); class = argmin ‖φ(x) − μ_y‖",
    explanation: """
      The network is trained as a set of yes-or-no questions, one sigmoid for each class: new \
      classes learn from the labels, old outputs are held to what the last network answered. But \
      the outputs do not decide. An image belongs to the class whose exemplars have the nearest \
      mean feature: means follow when the features change, and no class is louder than another.

      Exemplars are chosen by herding, one after the other, so that their mean stays as close as \
      possible to the mean of all images of the class; when room gets scarce the last chosen go \
      first. Both answers are reported: nearest-mean, which is iCaRL's, and linear.

      Labels teach new outputs only. Where tasks share their outputs (scenario=domain) there are \
      none after the first task, so iCaRL refuses.
      """)

  static let hasTeacher = true

  let common: CommonOptions
  var rehearsal: Rehearsal

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options)
    rehearsal = Rehearsal(&options, policy: .herding, replay: .optional)
  }

  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    if let objection = architecture.objection(heads: 1) { return objection }
    if tasks.scenario == .domainIncremental { return .needsOutputsOfItsOwn }
    return rehearsal.objection(tasks)
  }

  func loss(_ logits: [Tensor], _ images: Batch, answers: Tensor?, _ experience: Experience)
    -> [Loss]
  {
    [
      binaryCrossEntropy(
        logits[0], targets: targets(images.labels, like: logits[0], old: answers, experience))
    ]
  }

  /// 1 for an image's class, 0 for others, smoothed if asked; for old classes what the last network
  /// said.
  private func targets(
    _ labels: [Int], like logits: Tensor, old: Tensor?, _ experience: Experience
  ) -> Tensor {
    let width = logits.shape[1]
    let rest = common.smoothing / Float(width)
    var targets = Tensor(logits.shape, [Float](repeating: rest, count: logits.count))
    for (row, label) in labels.enumerated() {
      targets.elements[row * width + label] += 1 - common.smoothing
      guard let old else { continue }
      let columns = old.shape[1]
      for output in 0..<min(columns, experience.oldOutputs) {
        targets.elements[row * width + output] = sigmoid(old.elements[row * columns + output])
      }
    }
    return targets
  }

  var classifiers: [Classifier] { [.nearestMean, .linear] }
}
