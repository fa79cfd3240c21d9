public import Tensors

/// Features of some images less their means, to be compared with others of the same images.
public struct CenteredFeatures: Sendable {
  /// X, [N, F]
  private let rows: WideMatrix
  /// K = X·Xᵀ, [N, N], where that is smaller than XᵀX.
  private let products: WideMatrix?
  /// ‖XᵀX‖ = ‖X·Xᵀ‖
  private let norm: Double

  /// - Parameter x: [N, F]; further axes count as features.
  public init(_ x: Tensor, on pool: ThreadPool) {
    var rows = WideMatrix(x)
    rows.subtract(rows.columnMeans)
    self.rows = rows
    products = rows.rows < rows.columns ? rows.times(transposeOf: rows, on: pool) : nil
    let squares = products ?? rows.transposeTimes(rows, on: pool)
    norm = squares.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// Linear centered kernel alignment (Kornblith et al. 2019): 1 where one is a rotation and scaling
  /// of the other, near 0 where they have nothing in common.
  ///
  /// ‖YᵀX‖² / (‖XᵀX‖ · ‖YᵀY‖), Frobenius norms; with fewer images than features the same from
  /// X·Xᵀ and Y·Yᵀ.
  ///
  /// - Parameter other: Of the same images; their number of features may be another.
  /// - Returns: nil where the features of one never vary, or are not finite.
  public func alignment(with other: CenteredFeatures, on pool: ThreadPool) -> Double? {
    precondition(
      rows.rows == other.rows.rows, "features of \(rows.rows) images and of \(other.rows.rows)")
    let shared =
      if let products, let others = other.products {
        products.elements.indices.reduce(0) {
          $0 + products.elements[$1] * others.elements[$1]
        }
      } else {
        other.rows.transposeTimes(rows, on: pool).elements.reduce(0) { $0 + $1 * $1 }
      }
    let similarity = shared / (norm * other.norm)
    // Rounding alone could lift it above 1.
    return similarity.isFinite ? min(similarity, 1) : nil
  }
}
