/// The dense weight gradient of a 3×3 convolution by Winograd: 16 products for the 36 of a 2×2 patch
/// of gradients.
///
/// The way back of `WinogradConvolution`: from y = Aᵀ·((G·g·Gᵀ) ⊙ (Bᵀ·x·B))·A follows
/// dg = Gᵀ·(Σ (A·dy·Aᵀ) ⊙ (Bᵀ·x·B))·G. For each of the 16 places the patches' m = A·dy·Aᵀ
/// [patches, K] and v = Bᵀ·x·B [patches, C] are multiplied to u [K, C]; Gᵀ·u·G is done once, when
/// the slots' sums are added.
///
/// Sums lie as [place][K][C], each row filled up to whole vectors. Patches are done `block` at a
/// time, so that their m and v stay in the cache while all of u goes by.
package enum WinogradWeightGradient: WeightGradientKernel {
  private static let block = 16

  package static func count(_ geometry: ConvolutionGeometry) -> Int {
    WinogradConvolution.places * geometry.outputs * paddedToVectors(geometry.channels)
  }

  package static func scratchCount(_ geometry: ConvolutionGeometry) -> Int {
    WinogradConvolution.places * block
      * (paddedToVectors(geometry.channels) + paddedToVectors(geometry.outputs))
  }

  package static func add(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
    gradientRow: Int, into sum: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let patches = WinogradPatches(geometry, pooled: false)
    let (channels, outputs) = (
      paddedToVectors(geometry.channels), paddedToVectors(geometry.outputs)
    )
    let (v, m) = (scratch, scratch + WinogradConvolution.places * block * channels)
    for first in Swift.stride(from: 0, to: patches.count, by: block) {
      let count = min(block, patches.count - first)
      for patch in 0..<count {
        let (row, column) = patches.corner(first + patch)
        WinogradConvolution.transform(
          geometry, x + row * geometry.paddedRow + column * geometry.channels,
          into: v + patch * channels, stride: block * channels)
        transform(
          geometry, dy + row * gradientRow + column * geometry.outputs, gradientRow,
          counted: patches.uncovered(first + patch), into: m + patch * outputs,
          stride: block * outputs)
      }
      for place in 0..<WinogradConvolution.places {
        multiply(
          m + place * block * outputs, v + place * block * channels, patches: count,
          geometry.outputs, channels, into: sum + place * geometry.outputs * channels)
      }
    }
  }

  /// m = A·dy·Aᵀ of one patch, for all outputs.
  ///
  /// - Parameter counted: Which rows and columns of the patch no earlier patch has; others are 0.
  @inline(__always)
  private static func transform(
    _ geometry: ConvolutionGeometry, _ dy: UnsafePointer<Float>, _ gradientRow: Int,
    counted: (row: Bool, column: Bool), into target: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for output in Swift.stride(from: 0, to: geometry.outputs, by: 16) {
      let source = dy + output
      var (a, b) = (source.vector(at: 0), source.vector(at: geometry.outputs))
      var c = source.vector(at: gradientRow)
      let d = source.vector(at: gradientRow + geometry.outputs)
      if !counted.row { (a, b) = (.zero, .zero) }
      if !counted.column { (a, c) = (.zero, .zero) }
      let (upper, lower) = (Lanes4(gradients: a, b), Lanes4(gradients: c, d))
      let place = target + output
      Lanes4(gradients: upper.a, lower.a).store(place, stride: 4 * stride)
      Lanes4(gradients: upper.b, lower.b).store(place + stride, stride: 4 * stride)
      Lanes4(gradients: upper.c, lower.c).store(place + 2 * stride, stride: 4 * stride)
      Lanes4(gradients: upper.d, lower.d).store(place + 3 * stride, stride: 4 * stride)
    }
  }

  /// Adds mᵀ·v.  m [patches, K filled up], v [patches, `channels`] → sum [outputs, `channels`]
  @inline(__always)
  private static func multiply(
    _ m: UnsafePointer<Float>, _ v: UnsafePointer<Float>, patches: Int, _ outputs: Int,
    _ channels: Int, into sum: UnsafeMutablePointer<Float>
  ) {
    let sizes = (patches: patches, m: paddedToVectors(outputs), v: channels)
    for channel in Swift.stride(from: 0, to: channels, by: 32) {
      let isPair = channels - channel >= 32
      var output = 0
      while output < outputs {
        output += addTile(
          m + output, v + channel, sizes, outputs: outputs - output, isPair: isPair,
          into: sum + output * channels + channel)
      }
    }
  }

  /// Adds the largest tile there is code for.
  ///
  /// - Parameters:
  ///   - outputs: Those that are left to do.
  ///   - isPair: Whether two vectors of channels are.
  /// - Returns: How many outputs were done.
  @inline(__always)
  private static func addTile(
    _ m: UnsafePointer<Float>, _ v: UnsafePointer<Float>, _ sizes: (patches: Int, m: Int, v: Int),
    outputs: Int, isPair: Bool, into sum: UnsafeMutablePointer<Float>
  ) -> Int {
    switch (outputs, isPair) {
    #if WIDE
      case (8..., true): OuterProductTile<8, 2>.add(m, v, sizes, into: sum)
      case (8..., false): OuterProductTile<8, 1>.add(m, v, sizes, into: sum)
      case (4..., true): OuterProductTile<4, 2>.add(m, v, sizes, into: sum)
    #else
      case (2..., true): OuterProductTile<2, 2>.add(m, v, sizes, into: sum)
    #endif
    case (4..., false): OuterProductTile<4, 1>.add(m, v, sizes, into: sum)
    case (_, true): OuterProductTile<1, 2>.add(m, v, sizes, into: sum)
    case (_, false): OuterProductTile<1, 1>.add(m, v, sizes, into: sum)
    }
  }

  package static func collect(
    _ geometry: ConvolutionGeometry, output: Int, slots: UnsafePointer<Float>, slotCount: Int,
    stride: Int, into gradient: UnsafeMutablePointer<Float>
  ) {
    let row = paddedToVectors(geometry.channels)
    let place = geometry.outputs * row
    for first in Swift.stride(from: 0, to: geometry.channels, by: 16) {
      var columns = InlineArray<4, Lanes4>(repeating: Lanes4(.zero, .zero, .zero, .zero))
      for slot in 0..<slotCount {
        let source = slots + slot * stride + output * row + first
        for column in 0..<4 {
          columns[column].add(Lanes4(source + column * place, stride: 4 * place))
        }
      }
      let rows = (
        columns[0].weightTransformed, columns[1].weightTransformed, columns[2].weightTransformed,
        columns[3].weightTransformed
      )
      let taps =
        [
          Lanes4(rows.0.0, rows.1.0, rows.2.0, rows.3.0).weightTransformed,
          Lanes4(rows.0.1, rows.1.1, rows.2.1, rows.3.1).weightTransformed,
          Lanes4(rows.0.2, rows.1.2, rows.2.2, rows.3.2).weightTransformed,
        ] as InlineArray<3, (Vector, Vector, Vector)>
      let target = gradient + (output * geometry.channels + first) * 9
      for lane in 0..<min(16, geometry.channels - first) {
        for y in 0..<3 {
          target[lane * 9 + 3 * y] += taps[y].0[lane]
          target[lane * 9 + 3 * y + 1] += taps[y].1[lane]
          target[lane * 9 + 3 * y + 2] += taps[y].2[lane]
        }
      }
    }
  }
}

/// `outputs` × `vectors` sums in registers while the patches go by, in order.
private enum OuterProductTile<let outputs: Int, let vectors: Int> {
  /// - Parameter sizes: Patches, and floats from one of them to the next in m and in v.
  /// - Returns: `outputs`.
  static func add(
    _ m: UnsafePointer<Float>, _ v: UnsafePointer<Float>, _ sizes: (patches: Int, m: Int, v: Int),
    into sum: UnsafeMutablePointer<Float>
  ) -> Int {
    var sums = InlineArray<outputs, InlineArray<vectors, Vector>>(
      repeating: InlineArray(repeating: .zero))
    var (m, v) = (m, v)
    for _ in 0..<sizes.patches {
      for output in 0..<outputs {
        let factor = Vector(repeating: m[output])
        for i in 0..<vectors { sums[output][i].accumulate(factor, v.vector(at: i * 16)) }
      }
      m += sizes.m
      v += sizes.v
    }
    for output in 0..<outputs {
      for i in 0..<vectors {
        let at = output * sizes.v + i * 16
        sum.store(sum.vector(at: at) + sums[output][i], at: at)
      }
    }
    return outputs
  }
}

extension Lanes4 {
  /// A times a column of two.
  @inline(__always)
  fileprivate init(gradients a: Vector, _ b: Vector) { self.init(a, a + b, a - b, -b) }

  /// Gᵀ times a column.
  @inline(__always)
  fileprivate var weightTransformed: (Vector, Vector, Vector) {
    let (sum, difference) = ((b + c) * 0.5, (b - c) * 0.5)
    return (a + sum, difference, sum + d)
  }

  @inline(__always)
  fileprivate mutating func add(_ other: Lanes4) {
    a += other.a
    b += other.b
    c += other.c
    d += other.d
  }
}
