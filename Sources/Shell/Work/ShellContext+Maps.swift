import CommandLanguage
import Inspection
import Networks
import Randomness
import Sessions
import Tensors

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
