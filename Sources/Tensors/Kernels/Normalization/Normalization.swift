/// L2-normalization of feature vectors: y = x / max(‖x‖, 10⁻¹²), as PyTorch's `normalize`.
package enum Normalization {
  private static let floor: Float = 1e-12

  /// x [N, F] → y [N, F], norms [N]
  package static func forward(
    _ x: UnsafePointer<Float>, images: Int, features: Int, into y: UnsafeMutablePointer<Float>,
    norms: UnsafeMutablePointer<Float>
  ) {
    for image in 0..<images {
      let row = x + image * features
      var squares: Float = 0
      for i in 0..<features { squares += row[i] * row[i] }
      let norm = max(squares.squareRoot(), floor)
      norms[image] = norm
      for i in 0..<features { y[image * features + i] = row[i] / norm }
    }
  }

  /// dx = (dy − y·(y·dy)) / ‖x‖, in place: `gradient` holds dy, then dx.
  package static func backward(
    _ gradient: UnsafeMutablePointer<Float>, y: UnsafePointer<Float>, norms: UnsafePointer<Float>,
    images: Int, features: Int
  ) {
    for image in 0..<images {
      let (g, row) = (gradient + image * features, y + image * features)
      var along: Float = 0
      if norms[image] > floor { for i in 0..<features { along += row[i] * g[i] } }
      for i in 0..<features { g[i] = (g[i] - row[i] * along) / norms[image] }
    }
  }
}
