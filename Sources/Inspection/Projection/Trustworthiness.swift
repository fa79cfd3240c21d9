public import Tensors

/// How far neighbours on a map are neighbours among the rows that it shows (Venna and Kaski 2001):
/// 1 where every point's `neighbours` nearest on the map are its nearest rows.
///
/// T(k) = 1 − 2 / (N k (2N − 3k − 1)) · Σ_i Σ_j max(0, r(i, j) − k), j running over the k nearest
/// of i on the map and r(i, j) being the rank of row j by its distance from row i, from 1. Ties by
/// position.
///
/// - Parameters:
///   - map: [N, 2], or of any width.
///   - rows: [N, F]; further axes count as features.
/// - Returns: nil unless 0 < k < N / 2.
/// - Throws: `ProjectionError.notFinite`.
public func trustworthiness(
  of map: Tensor, showing rows: Tensor, neighbours k: Int = 5, on pool: ThreadPool
) throws -> Double? {
  let count = rows.shape[0]
  precondition(map.shape[0] == count, "a map of \(map.shape[0]) points for \(count) rows")
  guard k > 0, 2 * k < count else { return nil }
  try ProjectionError.check(rows.elements, rows: count)
  try ProjectionError.check(map.elements, rows: count)
  let (rows, map) = (RowDistances(WideMatrix(rows)), RowDistances(WideMatrix(map)))
  let pieces = rows.pieces
  let excess = pool.map(pieces.count) { piece in
    let (far, near) = (
      rows.squares(pieces[piece], to: rows), map.squares(pieces[piece], to: map)
    )
    return pieces[piece].reduce(0) { sum, row in
      let start = (row - pieces[piece].lowerBound) * count
      let distances = Array(far[start..<start + count])
      let shown = smallest(k, of: near[start..<start + count], besides: row)
      return sum + shown.reduce(0) { $0 + max(0, rank($1, among: distances, besides: row) - k) }
    }
  }
  let most = Double(count * k * (2 * count - 3 * k - 1)) / 2
  return 1 - Double(excess.reduce(0, +)) / most
}

/// How many there are up to one, in ascending order.
private func rank(_ index: Int, among distances: [Double], besides row: Int) -> Int {
  let own = distances[index]
  var rank = 0
  for other in distances.indices where other != row {
    if distances[other] < own || (distances[other] == own && other <= index) { rank += 1 }
  }
  return rank
}
