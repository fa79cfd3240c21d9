/// Weights for `WinogradConvolution`: u = G·g·Gᵀ, 16 values for the 9 of a 3×3 kernel.
///
/// [channel group][place][input channel][lane]; lanes past the last output are zero.
package enum WinogradWeights {
  package static func count(_ geometry: ConvolutionGeometry) -> Int {
    PackedWeights.groups(geometry.outputs) * Tile.channels * geometry.channels
      * WinogradConvolution.places
  }

  /// - Parameters:
  ///   - weights: [outputs, channels, 3, 3]
  ///   - packed: `count(geometry)` floats.
  package static func pack(
    _ geometry: ConvolutionGeometry, _ weights: UnsafePointer<Float>,
    into packed: UnsafeMutablePointer<Float>
  ) {
    pack(
      outputs: geometry.outputs, channels: geometry.channels, weights,
      perOutput: 9 * geometry.channels, perChannel: 9, first: 0, step: 1, into: packed)
  }

  /// The same for the convolution that takes gradients back to the input.
  ///
  /// - Parameters:
  ///   - geometry: Of the forward convolution.
  ///   - packed: `count(geometry.transposed)` floats.
  package static func packTransposed(
    _ geometry: ConvolutionGeometry, _ weights: UnsafePointer<Float>,
    into packed: UnsafeMutablePointer<Float>
  ) {
    pack(
      outputs: geometry.channels, channels: geometry.outputs, weights, perOutput: 9,
      perChannel: 9 * geometry.channels, first: 8, step: -1, into: packed)
  }

  /// - Parameters:
  ///   - perOutput: Floats from one output's kernel to the next, `perChannel` likewise.
  ///   - first: Where in a kernel the first tap lies, with the next ones `step` further.
  private static func pack(
    outputs: Int, channels: Int, _ weights: UnsafePointer<Float>, perOutput: Int, perChannel: Int,
    first: Int, step: Int, into packed: UnsafeMutablePointer<Float>
  ) {
    let place = channels * Tile.channels
    for output in Swift.stride(from: 0, to: PackedWeights.groups(outputs) * Tile.channels, by: 16) {
      let (group, lane) = output.quotientAndRemainder(dividingBy: Tile.channels)
      let target = packed + group * WinogradConvolution.places * place + lane
      let lanes = max(0, min(16, outputs - output))
      for channel in 0..<channels {
        let kernel = weights + output * perOutput + channel * perChannel + first
        let rows = (
          row(kernel, perOutput, step, lanes), row(kernel + 3 * step, perOutput, step, lanes),
          row(kernel + 6 * step, perOutput, step, lanes)
        )
        let columns =
          [
            transformed(rows.0.a, rows.1.a, rows.2.a), transformed(rows.0.b, rows.1.b, rows.2.b),
            transformed(rows.0.c, rows.1.c, rows.2.c), transformed(rows.0.d, rows.1.d, rows.2.d),
          ] as InlineArray<4, Lanes4>
        for column in 0..<4 {
          columns[column].store(
            target + column * place + channel * Tile.channels, stride: 4 * place)
        }
      }
    }
  }

  /// A row of 16 outputs' kernels, times Gᵀ.
  @inline(__always)
  private static func row(
    _ kernel: UnsafePointer<Float>, _ perOutput: Int, _ step: Int, _ lanes: Int
  ) -> Lanes4 {
    var taps: (Vector, Vector, Vector) = (.zero, .zero, .zero)
    for lane in 0..<lanes {
      let source = kernel + lane * perOutput
      taps.0[lane] = source[0]
      taps.1[lane] = source[step]
      taps.2[lane] = source[2 * step]
    }
    return transformed(taps.0, taps.1, taps.2)
  }

  /// G times a column: (a, (a+b+c)/2, (a−b+c)/2, c).
  @inline(__always)
  private static func transformed(_ a: Vector, _ b: Vector, _ c: Vector) -> Lanes4 {
    let ends = a + c
    return Lanes4(a, (ends + b) * 0.5, (ends - b) * 0.5, c)
  }
}
