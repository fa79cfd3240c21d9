import Datasets
package import Networks
package import Tensors

/// Elastic weight consolidation (Kirkpatrick et al. 2017), in its online form, with one sum of
/// importances for all tasks (Schwarz et al. 2018), or with a spring for each task.
struct ElasticWeightConsolidation: ImportanceStrategy {
  static let description = StrategyDescription(
    name: "ewc", idea: "hold the weights that old answers depend on", keeps: "two numbers a weight",
    source: "Kirkpatrick et al. 2017; online: Schwarz et al. 2018",
    formula:
      "CE(z, y) + λ/2·Σ_j F_j·(θ_j − θ*_j)², F_j = E_x Σ_c p_c·(∂log p_c/∂θ_j)²; anchors=each: a sum "
      + "over the tasks k of F_kj·(θ_j − θ*_kj)², less its minimum",
    explanation: """
      Not every weight matters for what was learned. The Fisher information F says how strongly \
      the network's answers depend on each weight; a spring of that strength holds the weight \
      where it was at the end of the task. Weights that old answers do not depend on are free for \
      the new task.

      F is computed exactly: for every image and every class the gradient of the log-probability \
      is squared, then averaged with the probabilities the network itself gives. Squaring the \
      gradient of a whole batch, as some programs do, is wrong by about the size of the batch. \
      Only the outputs that compete while the task is learned count: with rivals=new, or with the \
      task told (scenario=task), those of its own classes.

      With all classes competing it fails instructively: the springs keep old features, but the \
      new outputs are trained without ever seeing an old image and win over the old ones.
      """)

  static let surveyBatch = 16

  private let decay: Float
  private let anchors: Anchors
  /// F and θ* of the tasks so far, with λ/2.
  var consolidation: Consolidation
  var importances: ImportanceSurvey

  private enum CodingKeys: String, CodingKey {
    case decay
    case anchors
    case consolidation
    case importances = "fisher"
  }

  init(_ options: inout OptionReader) {
    let common = CommonOptions(&options)
    let strength = options.float("strength", 5000, in: 0...1e12, "weight λ of the penalty")
    decay = options.float("decay", 1, in: 0...1, "what is left of earlier tasks' importances, γ")
    anchors = options.choice(
      "anchors", Anchors.last,
      "last: weights are held at their values after the last task; each: a spring for every task, at "
        + "the values after that task")
    importances = ImportanceSurvey(
      "fisher",
      images: options.integer(
        "fisher-images", 200, in: 1...1_000_000,
        "images of a task that its importances come from"))
    consolidation = Consolidation(common, strength: strength / 2, rivals: options.rivals(.new))
  }

  func importance(
    _ images: Tensor, among rivals: Range<Int>, _ network: Network, on device: Device
  ) -> Block {
    network.fisherSum(images, among: rivals, on: device)
  }

  var holdsEach: Bool { anchors == .each }

  func shares(_ experience: Experience) -> (new: Float, old: Float) { (1, decay) }
}

extension ElasticWeightConsolidation {
  /// Where weights are held.
  enum Anchors: String, CaseIterable, Codable, Hashable, Sendable, LaterChoice {
    static let before = Anchors.last

    case last
    /// A spring for every task, where it left the weight (Kirkpatrick et al. 2017).
    case each
  }
}

extension Network {
  /// Σ over images of the exact diagonal Fisher information Σ_c p_c·(∂log p_c/∂θ_j)², the network as
  /// in evaluation.
  ///
  /// Classes of a probability below 10⁻⁷ are left out.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels]
  ///   - rivals: The outputs that compete, p being their softmax; all if nil.
  package func fisherSum(
    _ images: Tensor, among rivals: Range<Int>? = nil, on device: Device
  ) -> Block {
    sumOverImages(images, on: device, combine: .square) { logits in
      let rivals = rivals ?? logits.indices
      let p = softmax(Array(logits[rivals]))
      return p.indices.filter { p[$0] > 1e-7 }.map { label -> (weight: Float, gradient: [Float]) in
        // ∂log p_c/∂z = e_c − p
        var gradient = [Float](repeating: 0, count: logits.count)
        for i in p.indices { gradient[rivals.lowerBound + i] = (i == label ? 1 : 0) - p[i] }
        return (p[label], gradient)
      }
    }
  }
}
