/// Why rows of features cannot be laid out or compared.
public enum ProjectionError: Error, Hashable, Sendable {
  /// A number of this row is none, or infinite: the network's numbers grew beyond all bounds.
  case notFinite(row: Int)
  /// t-SNE looks at three times as many neighbours as its perplexity says.
  case tooFewRows(rows: Int, perplexity: Double)
}

extension ProjectionError {
  /// Throws unless all numbers of [N, …] are finite.
  package static func check(_ x: [Float], rows: Int) throws {
    guard let place = x.firstIndex(where: { !$0.isFinite }) else { return }
    throw ProjectionError.notFinite(row: place / (x.count / rows))
  }
}
