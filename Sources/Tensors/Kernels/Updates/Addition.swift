/// Sums of two images of one size, whatever their rows.
package enum Addition {
  /// y ← activation(a + b)
  package static func forward(
    _ a: UnsafePointer<Float>, _ aLayout: ImageLayout, _ b: UnsafePointer<Float>,
    _ bLayout: ImageLayout, slope: Float, into y: UnsafeMutablePointer<Float>,
    _ yLayout: ImageLayout
  ) {
    for row in 0..<yLayout.height {
      let target = y + row * yLayout.row
      add(a + row * aLayout.row, b + row * bLayout.row, count: yLayout.length, into: target)
      ActivationKernel.forward(target, count: yLayout.length, slope: slope)
    }
  }

  /// x ← x + a
  package static func add(
    _ a: UnsafePointer<Float>, _ aLayout: ImageLayout, to x: UnsafeMutablePointer<Float>,
    _ xLayout: ImageLayout
  ) {
    for row in 0..<xLayout.height {
      let target = x + row * xLayout.row
      add(target, a + row * aLayout.row, count: xLayout.length, into: target)
    }
  }

  @inline(__always)
  private static func add(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    for index in stride(from: 0, to: count, by: 16) {
      let lanes = min(16, count - index)
      y.store(
        a.vector(at: index, lanes: lanes) + b.vector(at: index, lanes: lanes), at: index,
        lanes: lanes)
    }
  }
}
