/// The weight gradient by a multiply-add per tap, and the sums in which `PooledGradient` ends too.
///
/// Sums lie as [K][kernel row][(kernel column, channel)], each row of the kernel filled up to whole
/// vectors: the input values under a kernel row lie side by side, so a sum is one multiply-add per
/// pixel of a shifted row.
package enum WeightGradient: WeightGradientKernel {
  package static func count(_ geometry: ConvolutionGeometry) -> Int {
    PackedWeights.scatterCount(geometry)
  }

  package static func scratchCount(_ geometry: ConvolutionGeometry) -> Int { 0 }

  package static func add(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
    gradientRow: Int, into sum: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let vectors = paddedToVectors(geometry.run) / 16
    for row in 0..<geometry.kernel {
      var vector = 0
      while vector < vectors {
        #if WIDE
          let wide = vectors - vector >= 4
        #else
          let wide = vectors - vector >= 2
        #endif
        let source = x + row * geometry.paddedRow + vector * 16
        var output = 0
        while output < geometry.outputs {
          let many = geometry.outputs - output >= 4
          let part = sum + (output * geometry.kernel + row) * vectors * 16 + vector * 16
          #if WIDE
            switch (many, wide) {
            case (true, true):
              WeightTile<4, 4>.add(geometry, source, dy + output, gradientRow, into: part)
            case (true, false):
              WeightTile<4, 1>.add(geometry, source, dy + output, gradientRow, into: part)
            case (false, true):
              WeightTile<1, 4>.add(geometry, source, dy + output, gradientRow, into: part)
            case (false, false):
              WeightTile<1, 1>.add(geometry, source, dy + output, gradientRow, into: part)
            }
          #else
            switch (many, wide) {
            case (true, true):
              WeightTile<2, 2>.add(geometry, source, dy + output, gradientRow, into: part)
              WeightTile<2, 2>.add(
                geometry, source, dy + output + 2, gradientRow,
                into: part + 2 * geometry.kernel * vectors * 16)
            case (true, false):
              WeightTile<4, 1>.add(geometry, source, dy + output, gradientRow, into: part)
            case (false, true):
              WeightTile<1, 2>.add(geometry, source, dy + output, gradientRow, into: part)
            case (false, false):
              WeightTile<1, 1>.add(geometry, source, dy + output, gradientRow, into: part)
            }
          #endif
          output += many ? 4 : 1
        }
        #if WIDE
          vector += wide ? 4 : 1
        #else
          vector += wide ? 2 : 1
        #endif
      }
    }
  }

  /// Adds dy [H', W', K], summed over the pixels of one image, to the bias's gradient [K].
  package static func addBias(
    _ dy: UnsafePointer<Float>, _ layout: ImageLayout, into sum: UnsafeMutablePointer<Float>
  ) {
    let outputs = layout.channels
    for row in 0..<layout.height {
      for pixel in 0..<layout.width {
        let gradient = dy + row * layout.row + pixel * outputs
        for output in stride(from: 0, to: outputs, by: 16) {
          let lanes = min(16, outputs - output)
          let total =
            sum.vector(at: output, lanes: lanes) + gradient.vector(at: output, lanes: lanes)
          sum.store(total, at: output, lanes: lanes)
        }
      }
    }
  }

  package static func collect(
    _ geometry: ConvolutionGeometry, output: Int, slots: UnsafePointer<Float>, slotCount: Int,
    stride: Int, into gradient: UnsafeMutablePointer<Float>
  ) {
    let (kernel, channels) = (geometry.kernel, geometry.channels)
    let row = paddedToVectors(geometry.run)
    let target = gradient + output * geometry.tapCount
    for y in 0..<kernel {
      let source = slots + (output * kernel + y) * row
      for offset in Swift.stride(from: 0, to: geometry.run, by: 16) {
        var total = source.vector(at: offset)
        for slot in 1..<max(1, slotCount) { total += source.vector(at: slot * stride + offset) }
        for lane in 0..<min(16, geometry.run - offset) {
          let (x, channel) = (offset + lane).quotientAndRemainder(dividingBy: channels)
          target[(channel * kernel + y) * kernel + x] += total[lane]
        }
      }
    }
  }
}

/// `outputs` × `vectors` sums in registers while all pixels go by, in order.
private enum WeightTile<let outputs: Int, let vectors: Int> {
  static func add(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
    _ gradientRow: Int, into sum: UnsafeMutablePointer<Float>
  ) {
    let stride = geometry.kernel * paddedToVectors(geometry.run)
    var sums = InlineArray<outputs, InlineArray<vectors, Vector>>(
      repeating: InlineArray(repeating: .zero))
    for row in 0..<geometry.outputHeight {
      var source = x + row * geometry.paddedRow
      var gradient = dy + row * gradientRow
      for _ in 0..<geometry.outputWidth {
        for output in 0..<outputs {
          let g = Vector(repeating: gradient[output])
          for v in 0..<vectors { sums[output][v].accumulate(g, source.vector(at: v * 16)) }
        }
        source += geometry.channels
        gradient += geometry.outputs
      }
    }
    for output in 0..<outputs {
      for v in 0..<vectors {
        let at = output * stride + v * 16
        sum.store(sum.vector(at: at) + sums[output][v], at: at)
      }
    }
  }
}
