import PlainText
import Tensors

/// How features are laid out in the plane.
enum ProjectionMethod: String, CaseIterable, Sendable {
  case pca
  case tsne

  var summary: String {
    switch self {
    case .pca: "the two directions in which the features differ most: straight, and quick"
    case .tsne: "neighbours stay neighbours: groups come apart, distances between them mean little"
    }
  }
}

/// Features laid out in the plane.
struct FeatureMap {
  /// [N, 2]
  var points: Tensor
  /// Shares of the variance that the two components have; nil of t-SNE.
  var shares: [Double]?
  /// nil of a PCA.
  var perplexity: Double?
  /// What t-SNE's places at the start were drawn with; nil if nothing was drawn.
  var seed: UInt64?
  /// nil for too few images.
  var trustworthiness: Double?

  var xLabel: String {
    guard let shares else { return "t-SNE 1" }
    return "component 1: \(fixed(100 * shares[0], 1)) % of the variance"
  }

  var yLabel: String {
    guard let shares else { return "t-SNE 2" }
    return "component 2: \(fixed(100 * shares[1], 1)) % of the variance"
  }

  /// How it was made and how far it can be trusted, in a sentence.
  var account: String {
    let trust = trustworthiness.map { "; trustworthiness \(fixed($0, 3))" } ?? ""
    if let shares {
      return "PCA: two components with \(fixed(100 * shares.reduce(0, +), 1)) % of the variance"
        + trust
    }
    let start =
      seed.map { "places at the start drawn with seed=\($0)" }
      ?? "begun at the principal components, nothing is random"
    return "t-SNE, perplexity \(fixed(perplexity ?? 0, 0)): \(start)\(trust)"
  }
}
