import CommandLanguage
import Inspection
import Networks
import PlainText
import Randomness
import Sessions
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

extension ShellContext {
  /// Lays features out, with a progress bar; Ctrl-C ends it.
  ///
  /// - Parameters:
  ///   - rows: [N, F]
  ///   - perplexity: 30, or less for few rows, if nil.
  ///   - seed: Of t-SNE's places at the start; they are the principal components if nil.
  mutating func map(
    _ rows: Tensor, by method: ProjectionMethod, perplexity: Double?, seed: UInt64?
  ) throws -> FeatureMap {
    let pool = training.device.pool
    var map: FeatureMap
    switch method {
    case .pca:
      let components = try PrincipalComponents(rows, count: 2, on: pool)
      map = FeatureMap(points: components.projection(of: rows, on: pool), shares: components.shares)
    case .tsne: map = try tsne(rows, perplexity: perplexity, seed: seed)
    }
    map.trustworthiness = try Inspection.trustworthiness(of: map.points, showing: rows, on: pool)
    return map
  }

  private mutating func tsne(
    _ rows: Tensor, perplexity: Double?, seed: UInt64?
  ) throws -> FeatureMap {
    let pool = training.device.pool
    var settings = TSNE.Settings()
    settings.perplexity =
      perplexity ?? min(30, TSNE.Settings.largestPerplexity(rows: rows.shape[0]))
    let start = seed.map { seed in
      var random = RandomStream(seed: seed).stream("t-SNE")
      let count = rows.shape[0]
      return Tensor([count, 2], (0..<2 * count).map { _ in 1e-4 * random.normal() })
    }
    var tsne = try TSNE(rows, settings: settings, start: start, on: pool)
    defer { console.progress.finish() }
    while !tsne.isFinished {
      tsne.step(on: pool)
      console.progress.update(
        Progress("t-SNE", completed: tsne.iteration, total: settings.iterations, unit: "step"))
      if training.isInterrupted() { throw SessionProblem.stopped }
    }
    return FeatureMap(points: tsne.points, perplexity: settings.perplexity, seed: seed)
  }
}
