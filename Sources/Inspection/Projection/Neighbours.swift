public import Tensors

/// One of the nearest rows.
public struct Neighbour: Hashable, Sendable {
  public let row: Int
  public let distance: Double

  public init(row: Int, distance: Double) {
    self.row = row
    self.distance = distance
  }

  /// How far apart rows are.
  public enum Measure: String, CaseIterable, Sendable {
    /// √Σ (a − b)²
    case euclidean
    /// 1 − a·b / (|a| |b|), from 0 to 2; 1 where one of them is all zeros.
    case cosine
  }
}

/// The nearest of some rows to each of others.
///
/// The product of all rows with all (BLAS) finds who can be among the nearest; those are measured
/// again, number by number in double precision, so that equal rows are equally far and the order
/// does not depend on how the product was computed.
///
/// - Parameters:
///   - count: How many are wanted; all, if there are fewer.
///   - rows: A, [N, F]; further axes count as features.
///   - queries: B, [M, F].
///   - leavingOutSelf: For A = B: no row is its own neighbour.
/// - Returns: For each row of B rows of A, [M][count], the nearest first, ties by position.
/// - Throws: `ProjectionError.notFinite`.
public func nearestRows(
  _ count: Int, of rows: Tensor, to queries: Tensor, by measure: Neighbour.Measure = .euclidean,
  leavingOutSelf: Bool = false, on pool: ThreadPool
) throws -> [[Neighbour]] {
  try ProjectionError.check(rows.elements, rows: rows.shape[0])
  try ProjectionError.check(queries.elements, rows: queries.shape[0])
  let (a, b) = (WideMatrix(rows), WideMatrix(queries))
  let (near, far) = (measure.comparable(a), measure.comparable(b))
  let largest = near.squaredNorms.max() ?? 0
  let pieces = far.pieces
  return pool.map(pieces.count) { piece in
    let squares = far.squares(pieces[piece], to: near)
    return pieces[piece].map { query in
      let start = (query - pieces[piece].lowerBound) * near.count
      let own = leavingOutSelf ? query : nil
      // Twice what rounding can do to two sums of products.
      let slack = 8 * Double(a.columns + 8) * .ulpOfOne * (far.squaredNorms[query] + largest)
      let candidates = squares[start..<start + near.count].candidates(
        count, slack: slack, besides: own)
      return
        candidates
        .map { Neighbour(row: $0, distance: measure.distance(b, query, a, $0)) }
        .sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }
        .prefix(count).map(\.self)
    }
  }.flatMap(\.self)
}

extension ArraySlice<Double> {
  /// The positions, from 0, of all that are not larger than the `count`-th smallest, or only by
  /// `slack`.
  fileprivate func candidates(_ count: Int, slack: Double, besides omitted: Int?) -> [Int] {
    guard let last = smallest(count, of: self, besides: omitted).last else { return [] }
    let bound = self[startIndex + last] + slack
    return enumerated().filter { $0.element <= bound && $0.offset != omitted }.map(\.offset)
  }
}

extension Neighbour.Measure {
  /// Rows whose squared distances have the order of this measure.
  fileprivate func comparable(_ rows: WideMatrix) -> RowDistances {
    switch self {
    case .euclidean: RowDistances(rows)
    case .cosine: RowDistances(directionsOf: rows)
    }
  }

  /// From row `i` of `a` to row `j` of `b`.
  fileprivate func distance(_ a: WideMatrix, _ i: Int, _ b: WideMatrix, _ j: Int) -> Double {
    let (first, second) = (i * a.columns, j * b.columns)
    var (square, product, own, other) = (0.0, 0.0, 0.0, 0.0)
    for column in 0..<a.columns {
      let (x, y) = (a.elements[first + column], b.elements[second + column])
      square += (x - y) * (x - y)
      product += x * y
      own += x * x
      other += y * y
    }
    switch self {
    case .euclidean: return square.squareRoot()
    case .cosine: return own * other > 0 ? max(0, 1 - product / (own * other).squareRoot()) : 1
    }
  }
}
