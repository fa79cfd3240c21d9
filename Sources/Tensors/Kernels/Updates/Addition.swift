/// Sums of two images [height, width·channels], their rows any number of floats apart.
package enum Addition {
  /// y ← activation(a + b), row by row.
  package static func forward(
    _ a: UnsafePointer<Float>, row aRow: Int, _ b: UnsafePointer<Float>, row bRow: Int,
    height: Int, length: Int, slope: Float, into y: UnsafeMutablePointer<Float>, row yRow: Int
  ) {
    for row in 0..<height {
      let target = y + row * yRow
      let (left, right) = (a + row * aRow, b + row * bRow)
      for index in stride(from: 0, to: length, by: 16) {
        let lanes = min(16, length - index)
        target.store(
          left.vector(at: index, lanes: lanes) + right.vector(at: index, lanes: lanes), at: index,
          lanes: lanes)
      }
      ActivationKernel.forward(target, count: length, slope: slope)
    }
  }

  /// x ← x + a, row by row.
  package static func add(
    _ a: UnsafePointer<Float>, row aRow: Int, height: Int, length: Int,
    to x: UnsafeMutablePointer<Float>, row xRow: Int
  ) {
    for row in 0..<height {
      let (source, target) = (a + row * aRow, x + row * xRow)
      for index in stride(from: 0, to: length, by: 16) {
        let lanes = min(16, length - index)
        target.store(
          target.vector(at: index, lanes: lanes) + source.vector(at: index, lanes: lanes),
          at: index, lanes: lanes)
      }
    }
  }
}
