package import Tensors

extension Block {
  /// g ← g − (gᵀr / rᵀr)·r where gᵀr < 0: afterwards no step along −g raises r's loss, to first order
  /// (Chaudhry et al. 2019, equation 11).
  package mutating func project(awayFrom reference: Block) {
    let (product, square) = (dot(reference), reference.dot(reference))
    guard product < 0, square > 0 else { return }
    add(reference, times: -product / square)
  }

  /// g ← g + Gᵀv where any gᵀr < 0: the nearest gradient whose steps raise the loss of no reference,
  /// to first order (Lopez-Paz and Ranzato 2017, equation 11).
  ///
  /// - Parameters:
  ///   - references: The rows r of G.
  ///   - margin: γ, the least of every v; above 0 it turns a step further than it must.
  package mutating func turn(towards references: [Block], margin: Double) {
    let products = references.map { dot($0) }
    guard products.contains(where: { $0 < 0 }) else { return }
    let gram = references.map { row in references.map { row.dot($0) } }
    let weights = boundedMinimum(gram, products, lower: margin)
    for (weight, reference) in zip(weights, references) { add(reference, times: weight) }
  }

  /// Summed in double precision, in order.
  fileprivate func dot(_ other: Block) -> Double {
    zip(elements, other.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  fileprivate mutating func add(_ other: Block, times factor: Double) {
    for i in elements.indices {
      elements[i] = Float(Double(elements[i]) + factor * Double(other.elements[i]))
    }
  }
}

/// The v ≥ `lower` at which ½·vᵀAv + bᵀv is smallest, by going through the coordinates in turn until
/// none moves: each step is exact for its coordinate, so that the value only falls (Hildreth 1957).
///
/// - Parameters:
///   - matrix: A, symmetric, no eigenvalue below 0; a thousandth of its mean diagonal is added, so
///     that the answer is one even where references are alike.
///   - vector: b.
package func boundedMinimum(_ matrix: [[Double]], _ vector: [Double], lower: Double) -> [Double] {
  let count = vector.count
  let ridge = 1e-3 * matrix.indices.reduce(0) { $0 + matrix[$1][$1] } / Double(max(1, count))
  var v = [Double](repeating: lower, count: count)
  for _ in 0..<10_000 {
    var moved = 0.0
    for i in 0..<count {
      let diagonal = matrix[i][i] + ridge
      // A reference without a gradient asks for nothing.
      guard diagonal > 0 else { continue }
      let slope = (0..<count).reduce(vector[i] + ridge * v[i]) { $0 + matrix[i][$1] * v[$1] }
      let next = max(lower, v[i] - slope / diagonal)
      moved = max(moved, abs(next - v[i]))
      v[i] = next
    }
    let size = v.reduce(0) { max($0, abs($1)) }
    if !(moved > 1e-12 * max(1, size)) { break }
  }
  return v
}
