import System
import Tensors

/// How near rows are to each other for t-SNE (van der Maaten and Hinton 2008, section 2).
///
/// p_j|i = exp(−β_i d²_ij) / Σ_{k ≠ i} exp(−β_i d²_ik), with β_i such that exp(entropy) is the
/// perplexity; p_ij = (p_j|i + p_i|j) / 2N.
enum Affinities {
  /// [N, N], zeros on the diagonal; all of them add up to 1.
  static func joint(_ rows: RowDistances, perplexity: Double, on pool: ThreadPool) -> [Float] {
    let (count, pieces) = (rows.count, rows.pieces)
    let blocks = pool.map(pieces.count) { piece in
      let squares = rows.squares(pieces[piece], to: rows)
      return pieces[piece].flatMap { row in
        let start = (row - pieces[piece].lowerBound) * count
        return conditional(squares[start..<start + count], row: row, perplexity: perplexity)
      }
    }
    var p = blocks.flatMap(\.self)
    let scale = 1 / Float(2 * count)
    for row in 0..<count {
      for column in 0..<row {
        let sum = (p[row * count + column] + p[column * count + row]) * scale
        p[row * count + column] = sum
        p[column * count + row] = sum
      }
    }
    return p
  }

  /// The entropy may be off by this, in nats.
  private static let tolerance = 1e-7
  private static let mostTrials = 64

  /// p_j|row for one row's squared distances to all.
  ///
  /// β is found by Newton's method on the entropy H, dH/dβ = −β·Var(d²), kept between the bounds
  /// that earlier trials gave, and by bisection where it would leave them. Where so many rows are
  /// equal that no β gives the perplexity, the last trial stands.
  static func conditional(_ squares: ArraySlice<Double>, row: Int, perplexity: Double) -> [Float] {
    let target = log(perplexity)
    var distances = Array(squares)
    distances[row] = .infinity
    let nearest = distances.min() ?? 0
    for column in distances.indices { distances[column] -= nearest }
    let others = Double(distances.count - 1)
    distances[row] = 0
    let mean = distances.reduce(0, +) / others
    var (beta, low, high) = (mean > 0 ? 1 / mean : 1, 0.0, Double.infinity)
    var weights = distances
    var sum = 0.0
    for _ in 0..<mostTrials {
      sum = 0
      var (first, second) = (0.0, 0.0)
      for column in distances.indices where column != row {
        let distance = distances[column]
        let weight = exp(-beta * distance)
        weights[column] = weight
        sum += weight
        first += weight * distance
        second += weight * distance * distance
      }
      let mean = first / sum
      let excess = log(sum) + beta * mean - target
      guard abs(excess) > tolerance else { break }
      if excess > 0 { low = beta } else { high = beta }
      let newton = beta + excess / (beta * (second / sum - mean * mean))
      let middle = high < .infinity ? (low + high) / 2 : 2 * beta
      beta = newton > low && newton < min(high, 16 * beta) ? newton : middle
    }
    weights[row] = 0
    return weights.map { Float($0 / sum) }
  }
}
