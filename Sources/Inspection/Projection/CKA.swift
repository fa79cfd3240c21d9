public import Tensors

/// Linear centered kernel alignment of two sets of features of the same images (Kornblith et al.
/// 2019): 1 where one is a rotation and scaling of the other, near 0 where they have nothing in
/// common.
///
/// ‖YᵀX‖² / (‖XᵀX‖ · ‖YᵀY‖), Frobenius norms of centered features; with fewer images than features
/// the same from X·Xᵀ and Y·Yᵀ.
///
/// - Parameters:
///   - x: [N, F]; further axes count as features.
///   - y: [N, G]
/// - Returns: nil where the features of one never vary, or are not finite.
public func linearCKA(_ x: Tensor, _ y: Tensor, on pool: ThreadPool) -> Double? {
  var (x, y) = (WideMatrix(x), WideMatrix(y))
  precondition(x.rows == y.rows, "features of \(x.rows) images and of \(y.rows)")
  x.subtract(x.columnMeans)
  y.subtract(y.columnMeans)
  let (shared, own, other) =
    x.rows < max(x.columns, y.columns)
    ? alignmentOfImages(x, y, on: pool) : alignmentOfFeatures(x, y, on: pool)
  let similarity = shared / (own.squareRoot() * other.squareRoot())
  // Rounding alone could lift it above 1.
  return similarity.isFinite ? min(similarity, 1) : nil
}

/// ‖YᵀX‖², ‖XᵀX‖², ‖YᵀY‖²
private func alignmentOfFeatures(
  _ x: WideMatrix, _ y: WideMatrix, on pool: ThreadPool
) -> (Double, Double, Double) {
  func square(_ a: WideMatrix, _ b: WideMatrix) -> Double {
    a.transposeTimes(b, on: pool).elements.reduce(0) { $0 + $1 * $1 }
  }
  return (square(y, x), square(x, x), square(y, y))
}

/// The same from K = X·Xᵀ and L = Y·Yᵀ: Σ K∘L, Σ K∘K, Σ L∘L
private func alignmentOfImages(
  _ x: WideMatrix, _ y: WideMatrix, on pool: ThreadPool
) -> (Double, Double, Double) {
  let (k, l) = (x.times(transposeOf: x, on: pool), y.times(transposeOf: y, on: pool))
  func sum(_ a: WideMatrix, _ b: WideMatrix) -> Double {
    a.elements.indices.reduce(0) { $0 + a.elements[$1] * b.elements[$1] }
  }
  return (sum(k, l), sum(k, k), sum(l, l))
}

/// How far weights have moved, as a share of how large they were: ‖after − before‖ / ‖before‖.
///
/// - Returns: nil where `before` is all zeros, or the numbers are not finite.
public func relativeDistance(from before: Block, to after: Block) -> Double? {
  precondition(before.count == after.count, "\(before.count) weights and \(after.count)")
  var (moved, size) = (0.0, 0.0)
  for (old, new) in zip(before.elements, after.elements) {
    let change = Double(new) - Double(old)
    moved += change * change
    size += Double(old) * Double(old)
  }
  let distance = (moved / size).squareRoot()
  return distance.isFinite ? distance : nil
}
