/// What pulls and pushes the points of a t-SNE (van der Maaten and Hinton 2008) in the plane.
///
/// With w_ij = 1 / (1 + |y_i − y_j|²), Student's t with one degree of freedom:
/// attraction_i = Σ_j p_ij w_ij (y_i − y_j), repulsion_i = Σ_j w_ij² (y_i − y_j),
/// total = Σ_{i ≠ j} w_ij. The gradient is 4 (attraction − repulsion / total).
package struct StudentForces: Hashable, Sendable {
  /// Of each point, [N], as the other three.
  package let attractionX: [Float]
  package let attractionY: [Float]
  package let repulsionX: [Float]
  package let repulsionY: [Float]
  package let total: Double
}

extension StudentForces {
  private static let rowsPerPiece = 32

  /// Every point against every other, 16 at a time: N² divisions, from one reading of the
  /// affinities.
  ///
  /// - Parameters:
  ///   - x: [N], as `y`.
  ///   - affinities: p, [N, N], zeros on the diagonal.
  package init(x: [Float], y: [Float], affinities: [Float], on pool: ThreadPool) {
    let count = x.count
    precondition(y.count == count && affinities.count == count * count)
    let pieces = (count + Self.rowsPerPiece - 1) / Self.rowsPerPiece
    let sums = pool.map(pieces) { piece in
      let start = piece * Self.rowsPerPiece
      let rows = start..<min(start + Self.rowsPerPiece, count)
      return x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
          affinities.withUnsafeBufferPointer { p -> [PointForces] in
            guard let x = x.baseAddress, let y = y.baseAddress, let p = p.baseAddress else {
              return []
            }
            return rows.map { forces(on: $0, x, y, p + $0 * count, count: count) }
          }
        }
      }
    }
    let points = sums.flatMap(\.self)
    attractionX = points.map(\.attractionX)
    attractionY = points.map(\.attractionY)
    repulsionX = points.map(\.repulsionX)
    repulsionY = points.map(\.repulsionY)
    total = points.reduce(0) { $0 + Double($1.weight) }
  }
}

private struct PointForces {
  var attractionX: Float
  var attractionY: Float
  var repulsionX: Float
  var repulsionY: Float
  /// Σ_{j ≠ i} w_ij
  var weight: Float
}

/// - Parameter p: The point's row of affinities, [count].
private func forces(
  on point: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ p: UnsafePointer<Float>,
  count: Int
) -> PointForces {
  let (ownX, ownY) = (Vector(repeating: x[point]), Vector(repeating: y[point]))
  var sums = PointSums()
  let whole = count & ~15
  for other in stride(from: 0, to: whole, by: 16) {
    sums.add(
      ownX - x.vector(at: other), ownY - y.vector(at: other), p: p.vector(at: other), isThere: nil)
  }
  if whole < count {
    let lanes = count - whole
    var isThere = Vector.zero
    for lane in 0..<lanes { isThere[lane] = 1 }
    sums.add(
      ownX - x.vector(at: whole, lanes: lanes), ownY - y.vector(at: whole, lanes: lanes),
      p: p.vector(at: whole, lanes: lanes), isThere: isThere)
  }
  return sums.forces
}

/// The sums of one point, lane by lane.
private struct PointSums {
  private var (attractionX, attractionY) = (Vector.zero, Vector.zero)
  private var (repulsionX, repulsionY) = (Vector.zero, Vector.zero)
  private var weight = Vector.zero

  /// Adds what up to 16 other points do to a point.
  ///
  /// - Parameters:
  ///   - dx: Of the point from each of the others, as `dy`.
  ///   - p: The point's affinities to them.
  ///   - isThere: 1 for each that there is, else 0; nil for all 16.
  @inline(__always)
  mutating func add(_ dx: Vector, _ dy: Vector, p: Vector, isThere: Vector?) {
    var square = Vector(repeating: 1)
    square.accumulate(dx, dx)
    square.accumulate(dy, dy)
    let w = (isThere ?? Vector(repeating: 1)) / square
    let (pull, push) = (p * w, w * w)
    attractionX.accumulate(pull, dx)
    attractionY.accumulate(pull, dy)
    repulsionX.accumulate(push, dx)
    repulsionY.accumulate(push, dy)
    weight += w
  }

  /// The point itself, at distance 0, has weight 1.
  var forces: PointForces {
    PointForces(
      attractionX: attractionX.sum(), attractionY: attractionY.sum(),
      repulsionX: repulsionX.sum(), repulsionY: repulsionY.sum(), weight: weight.sum() - 1)
  }
}
