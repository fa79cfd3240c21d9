import Datasets
package import Networks
import Tensors

/// Weight aligning (Zhao et al. 2020: Maintaining discrimination and fairness in class incremental
/// learning): rehearsal and distillation, then new outputs are made no louder than old ones.
struct WeightAligning: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "wa", idea: "rehearse, distil, then scale new outputs' weights to the old ones' norm",
    keeps: "exemplars, the last network",
    source:
      "Zhao et al. 2020, Maintaining discrimination and fairness in class incremental learning",
    formula:
      "(1−λ)·CE(z, y) + λ·KL(softmax(t/T) ‖ softmax(z_old/T)), λ = old classes / all; then w_new ← w_new·mean‖w_old‖ / mean‖w_new‖",
    explanation: """
      Rehearsal and distillation leave a bias: new classes have far more images, so the weight \
      vectors of their outputs grow longer and their logits larger. After each task the new \
      vectors are simply scaled to the mean length of the old ones. That is one line, it has no \
      option to tune, and much of the forgetting is gone.
      """)

  static let hasTeacher = true

  let common: CommonOptions
  private let temperature: Float
  var rehearsal: Rehearsal

  static let takesAllOutputs = false

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options)
    rehearsal = Rehearsal(&options, policy: .herding, replay: .optional)
    temperature = options.temperature()
  }

  func loss(_ logits: [Tensor], _ images: Batch, answers: Tensor?, _ experience: Experience)
    -> [Loss]
  {
    let loss = common.crossEntropy(logits[0], images.labels, experience)
    guard let answers else { return [loss] }
    let kept = experience.divergence(logits[0], teacher: answers, temperature: temperature)
    return [experience.weighing(loss, old: kept)]
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    if stage.purpose == .learn, let old = learner.teacher {
      learner.network.alignHead(old: old.architecture.outputs)
    }
    rehearsal.refresh(after: stage, experience, learner.memory, by: [learner.network])
  }
}

extension Network {
  /// Scales the weights of the outputs from `old` on so that their mean norm is that of the outputs
  /// before; biases stay.
  package mutating func alignHead(old: Int) {
    guard
      let head = architecture.heads.first,
      let weight = architecture.parameters.first(where: { $0.name == head.name + ".weight" }),
      (1..<head.outputs).contains(old)
    else { return }
    let width = weight.range.count / head.outputs
    let norms = (0..<head.outputs).map { output -> Double in
      let start = weight.range.lowerBound + output * width
      return weights.elements[start..<start + width]
        .reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    let oldMean = norms[..<old].reduce(0, +) / Double(old)
    let newMean = norms[old...].reduce(0, +) / Double(norms.count - old)
    guard newMean > 0 else { return }
    let factor = Float(oldMean / newMean)
    for i in weight.range.lowerBound + old * width..<weight.range.upperBound {
      weights.elements[i] *= factor
    }
  }
}
