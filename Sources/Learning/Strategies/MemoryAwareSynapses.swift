import Datasets
package import Networks
package import Tensors

/// Memory-aware synapses (Aljundi et al. 2018): a weight's importance is how much the outputs change
/// with it; labels play no part.
struct MemoryAwareSynapses: ImportanceStrategy {
  static let description = StrategyDescription(
    name: "mas", idea: "hold the weights that the outputs depend on", keeps: "two numbers a weight",
    source: "Aljundi et al. 2018, Memory aware synapses",
    formula: "CE(z, y) + λ·Σ_j Ω_j·(θ_j − θ*_j)², Ω_j = E_x |∂‖z(x)‖²/∂θ_j|",
    explanation: """
      As in EWC springs hold the important weights, but importance is asked of the outputs, not of \
      the loss: how much does the squared length of the logits change when the weight changes a \
      little? The answer needs no labels, so it could be computed on any images at hand, and it \
      does not fade where the network is sure of itself, as the gradient of a loss does. As in EWC \
      only the outputs that compete while the task is learned are asked.

      With all classes competing it fails as EWC does.
      """)

  static let surveyBatch = 64

  private let share: Float
  /// Ω and θ* of the tasks so far, with λ.
  var consolidation: Consolidation
  var importances: ImportanceSurvey

  private enum CodingKeys: String, CodingKey {
    case share
    case consolidation
    case importances = "sensitivity"
  }

  init(_ options: inout OptionReader) {
    let common = CommonOptions(&options)
    let strength = options.float("strength", 1, in: 0...1e9, "weight λ of the penalty")
    share = options.float(
      "old-share", 0.5, in: 0...1, "share α of earlier tasks in the importances")
    importances = ImportanceSurvey(
      "importance",
      images: options.integer(
        "importance-images", 1000, in: 1...1_000_000,
        "images of a task that its importances come from"))
    consolidation = Consolidation(common, strength: strength, rivals: options.rivals(.new))
  }

  func importance(
    _ images: Tensor, among rivals: Range<Int>, _ network: Network, on device: Device
  ) -> Block {
    network.outputSensitivitySum(images, among: rivals, on: device)
  }

  func shares(_ experience: Experience) -> (new: Float, old: Float) {
    let old = experience.task == 0 ? 0 : share
    return (1 - old, old)
  }
}

extension Network {
  /// Σ over images of |∂‖z(x)‖²/∂θ_j|, the network as in evaluation.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels]
  ///   - rivals: The outputs that z is of; all if nil.
  package func outputSensitivitySum(
    _ images: Tensor, among rivals: Range<Int>? = nil, on device: Device
  ) -> Block {
    sumOverImages(images, on: device, combine: .magnitude) { logits in
      let rivals = rivals ?? logits.indices
      return [
        (
          weight: Float(1),
          gradient: logits.indices.map { rivals.contains($0) ? 2 * logits[$0] : 0 }
        )
      ]
    }
  }
}
