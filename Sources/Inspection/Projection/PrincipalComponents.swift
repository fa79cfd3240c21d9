public import Tensors

/// The directions in which rows of features differ most (Pearson 1901; Hotelling 1933).
///
/// Fit on one set, `projection` lays out any other in the same axes. Each component points to where
/// its loading of largest magnitude is positive, the first of equals, as in scikit-learn's PCA.
/// Computed in double precision from the eigenvectors of XᵀX or X·Xᵀ, whichever is smaller, so that
/// a variance below 10⁻¹³ of the largest is not told from 0.
public struct PrincipalComponents: Hashable, Sendable {
  /// Of the features, [F].
  public let means: [Double]
  /// [k, F], each of length 1 and at right angles to the others; zeros for those beyond the
  /// directions in which the rows differ at all.
  public var components: Tensor { axes.tensor }
  /// Of the projections, by N − 1, in descending order, [k].
  public let variances: [Double]
  /// `variances` as shares of the variance of all features (explained variance ratio), [k]; zeros
  /// if nothing varies.
  public let shares: [Double]

  private let axes: WideMatrix

  /// - Parameters:
  ///   - x: [N, F]; further axes count as features.
  ///   - count: k.
  /// - Throws: `ProjectionError.notFinite`.
  public init(_ x: Tensor, count: Int, on pool: ThreadPool) throws {
    try ProjectionError.check(x.elements, rows: x.shape[0])
    var rows = WideMatrix(x)
    means = rows.columnMeans
    rows.subtract(means)
    let total = rows.squaredNorms.reduce(0, +)
    let found = Self.directions(rows, count: min(count, rows.rows, rows.columns), on: pool)
    let freedom = Double(max(rows.rows - 1, 1))
    var (axes, squares) = ([Double](), [Double]())
    for (index, square) in found.squares.enumerated() where square > 1e-13 * found.squares[0] {
      axes += Self.upright(found.axes[index])
      squares.append(square)
    }
    squares += repeatElement(0, count: count - squares.count)
    axes += repeatElement(0, count: count * rows.columns - axes.count)
    variances = squares.map { $0 / freedom }
    shares = squares.map { total > 0 ? $0 / total : 0 }
    self.axes = WideMatrix(rows: count, columns: rows.columns, elements: axes)
  }

  /// Coordinates along the components: (x − means)·componentsᵀ.  [N, F] → [N, k]
  public func projection(of x: Tensor, on pool: ThreadPool) -> Tensor {
    var rows = WideMatrix(x)
    rows.subtract(means)
    return rows.times(transposeOf: axes, on: pool).tensor
  }

  /// The features that coordinates stand for: means + z·components.  [N, k] → [N, F]
  public func reconstruction(of z: Tensor, on pool: ThreadPool) -> Tensor {
    var rows = WideMatrix(z).times(axes, on: pool)
    rows.subtract(means.map { -$0 })
    return rows.tensor
  }

  /// The squared singular values of centered rows, in descending order, with the axes of each.
  private static func directions(
    _ x: WideMatrix, count: Int, on pool: ThreadPool
  ) -> (squares: [Double], axes: [[Double]]) {
    let isTall = x.rows >= x.columns
    let gram = isTall ? x.transposeTimes(x, on: pool) : x.times(transposeOf: x, on: pool)
    guard let (squares, vectors) = gram.largestEigenvectors(count) else { return ([], []) }
    // With X·Xᵀ·u = s²·u, Xᵀ·u / s is an eigenvector of XᵀX.
    let axes = isTall ? vectors : vectors.times(x, on: pool)
    return (
      squares,
      (0..<count).map { index in
        let axis = axes.elements[index * x.columns..<(index + 1) * x.columns]
        let length = axis.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? axis.map { $0 / length } : Array(axis)
      }
    )
  }

  /// The axis or its opposite, so that the largest magnitude, the first of equals, is positive.
  private static func upright(_ axis: [Double]) -> [Double] {
    let largest = axis.reduce(0) { abs($1) > abs($0) ? $1 : $0 }
    return largest < 0 ? axis.map { -$0 } : axis
  }
}
