/// Solves A·X = B for a few unknowns by Gaussian elimination with pivots.
///
/// - Parameters:
///   - a: [n][n]
///   - b: [n][columns]
func plainSolution(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
  var (a, b) = (a, b)
  for pivot in a.indices {
    let best = (pivot..<a.count).max { abs(a[$0][pivot]) < abs(a[$1][pivot]) } ?? pivot
    a.swapAt(pivot, best)
    b.swapAt(pivot, best)
    for row in a.indices where row != pivot {
      let factor = a[row][pivot] / a[pivot][pivot]
      for column in a.indices { a[row][column] -= factor * a[pivot][column] }
      for column in b[row].indices { b[row][column] -= factor * b[pivot][column] }
    }
  }
  return a.indices.map { row in b[row].map { $0 / a[row][row] } }
}
