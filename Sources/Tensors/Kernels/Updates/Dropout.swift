package import Randomness

/// Dropout (Srivastava et al. 2014), inverted: what is kept grows by 1/(1 − rate), so that nothing
/// is to be done at evaluation.
package enum Dropout {
  /// One image's values.  x [count] → y [count]; kept [count] holds 1 where a value was kept.
  package static func forward(
    _ x: UnsafePointer<Float>, count: Int, rate: Float, random: RandomStream,
    into y: UnsafeMutablePointer<Float>, kept: UnsafeMutablePointer<UInt8>
  ) {
    var random = random
    let factor = 1 / (1 - rate)
    for index in 0..<count {
      let keep = random.uniform() >= rate
      kept[index] = keep ? 1 : 0
      y[index] = keep ? x[index] * factor : 0
    }
  }

  /// dy [count] → dx [count]
  package static func backward(
    _ dy: UnsafePointer<Float>, count: Int, rate: Float, kept: UnsafePointer<UInt8>,
    into dx: UnsafeMutablePointer<Float>
  ) {
    let factor = 1 / (1 - rate)
    for index in 0..<count { dx[index] = kept[index] == 1 ? dy[index] * factor : 0 }
  }
}
