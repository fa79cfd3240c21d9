/// The way back through a convolution with 2×2 max-pooling.
///
/// Only the largest of each 2×2 cell has a gradient, so three quarters of dy are zeros. Instead of
/// writing them out, each pooled gradient is applied at its largest's place: a quarter of the
/// multiply-adds of the dense kernels. Skipped products are exact zeros.
///
/// x and dx [H+2p, W+2p, C], dy [H'/2, W'/2, K] with rows `gradientRow` apart, argmax
/// [H'/2, W'/2, K] in 0 … 3.
package enum PooledGradient {
  /// Adds one image's share of the weight gradient, in the layout of `WeightGradient`.
  package static func addWeights(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
    gradientRow: Int, argmax: UnsafePointer<UInt8>, into sum: UnsafeMutablePointer<Float>
  ) {
    let row = paddedToVectors(geometry.run)
    for output in 0..<geometry.outputs {
      forEachTile(geometry, threes: true) { y, vector, size in
        let source = x + y * geometry.paddedRow + vector * 16
        let target = sum + (output * geometry.kernel + y) * row + vector * 16
        let (g, largest) = (dy + output, argmax + output)
        switch size {
        case (5, 2):
          ScatterTile<5, 2>.addWeights(geometry, source, g, gradientRow, largest, into: target)
        case (5, _):
          ScatterTile<5, 1>.addWeights(geometry, source, g, gradientRow, largest, into: target)
        case (3, 3):
          ScatterTile<3, 3>.addWeights(geometry, source, g, gradientRow, largest, into: target)
        case (3, 2):
          ScatterTile<3, 2>.addWeights(geometry, source, g, gradientRow, largest, into: target)
        case (3, _):
          ScatterTile<3, 1>.addWeights(geometry, source, g, gradientRow, largest, into: target)
        default:
          ScatterTile<1, 1>.addWeights(geometry, source, g, gradientRow, largest, into: target)
        }
      }
    }
  }

  /// Adds one image's input gradient to `dx`, whose border collects what falls outside.
  ///
  /// - Parameters:
  ///   - weights: Packed by `PackedWeights.packForScatter`.
  ///   - order: Scratch memory for H'/2 · W'/2 · (K + 4) numbers.
  package static func addInput(
    _ geometry: ConvolutionGeometry, _ dy: UnsafePointer<Float>, gradientRow: Int,
    argmax: UnsafePointer<UInt8>, weights: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>, order: UnsafeMutablePointer<UInt16>
  ) {
    sortByArgmax(geometry, dy, gradientRow, argmax, into: order)
    let row = paddedToVectors(geometry.run)
    // A value of dx is met by several tiles: their widths decide the order of its sum.
    forEachTile(geometry, threes: false) { y, vector, size in
      let source = weights + y * row + vector * 16
      let target = dx + y * geometry.paddedRow + vector * 16
      let order = UnsafePointer(order)
      switch size {
      case (5, 2):
        ScatterTile<5, 2>.addInput(geometry, dy, gradientRow, order, source, into: target)
      case (5, _):
        ScatterTile<5, 1>.addInput(geometry, dy, gradientRow, order, source, into: target)
      case (3, 2):
        ScatterTile<3, 2>.addInput(geometry, dy, gradientRow, order, source, into: target)
      case (3, _):
        ScatterTile<3, 1>.addInput(geometry, dy, gradientRow, order, source, into: target)
      default: ScatterTile<1, 1>.addInput(geometry, dy, gradientRow, order, source, into: target)
      }
    }
  }

  /// Covers the kernel's rows, and the vectors of a row, with tiles that there is code for: 5, 3 or 1
  /// rows of 1 or 2 vectors.
  ///
  /// - Parameter threes: Whether a tile may be three vectors wide.
  @inline(__always)
  private static func forEachTile(
    _ geometry: ConvolutionGeometry, threes: Bool,
    _ body: (_ row: Int, _ vector: Int, _ size: (rows: Int, vectors: Int)) -> Void
  ) {
    let vectors = paddedToVectors(geometry.run) / 16
    var row = 0
    while row < geometry.kernel {
      let left = geometry.kernel - row
      let rows = left == 5 ? 5 : left >= 3 ? 3 : 1
      var vector = 0
      while vector < vectors {
        let rest = vectors - vector
        #if WIDE
          let three = threes && rows == 3 && rest % 3 == 0
          let width = three ? 3 : rows > 1 && rest >= 2 ? 2 : 1
        #else
          let width = rows == 3 && rest >= 2 ? 2 : 1
        #endif
        body(row, vector, (rows, width))
        vector += width
      }
      row += rows
    }
  }

  /// Per cell: the ends of four lists, then the outputs whose largest is pixel 0, 1, 2, 3 of the cell,
  /// ascending, those without gradient left out.
  private static func sortByArgmax(
    _ geometry: ConvolutionGeometry, _ dy: UnsafePointer<Float>, _ gradientRow: Int,
    _ argmax: UnsafePointer<UInt8>, into order: UnsafeMutablePointer<UInt16>
  ) {
    let outputs = geometry.outputs
    let width = geometry.outputWidth / 2
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 4 * outputs) { lists in
      for cell in 0..<(geometry.outputHeight / 2) * width {
        let g = dy + (cell / width) * gradientRow + (cell % width) * outputs
        let largest = argmax + cell * outputs
        var lengths: UInt64 = 0  // four counters of 16 bits
        for output in 0..<outputs {
          let shift = UInt64(largest[output]) * 16
          let length = Int((lengths >> shift) & 0xFFFF)
          lists[Int(largest[output]) * outputs + length] = UInt16(output)
          lengths += (g[output] != 0 ? 1 : 0) << shift
        }
        let target = order + cell * (outputs + 4)
        var end = 0
        for place in 0..<4 {
          let length = Int((lengths >> UInt64(place * 16)) & 0xFFFF)
          for i in 0..<length { target[4 + end + i] = lists[place * outputs + i] }
          end += length
          target[place] = UInt16(end)
        }
      }
    }
  }
}

/// `rows` of the kernel × `vectors` of a row in registers.
private enum ScatterTile<let rows: Int, let vectors: Int> {
  typealias Sums = InlineArray<rows, InlineArray<vectors, Vector>>

  /// One output's weight gradient: the gradients of all cells go by, in order.
  static func addWeights(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
    _ gradientRow: Int, _ argmax: UnsafePointer<UInt8>, into sum: UnsafeMutablePointer<Float>
  ) {
    let stride = paddedToVectors(geometry.run)
    var sums = Sums(repeating: InlineArray(repeating: .zero))
    var largest = argmax
    for row in 0..<geometry.outputHeight / 2 {
      var source = x + 2 * row * geometry.paddedRow
      var gradient = dy + row * gradientRow
      for _ in 0..<geometry.outputWidth / 2 {
        let g = Vector(repeating: gradient.pointee)
        let at = source + argmaxOffset(geometry, Int(largest.pointee))
        for y in 0..<rows {
          for v in 0..<vectors {
            sums[y][v].accumulate(g, at.vector(at: y * geometry.paddedRow + v * 16))
          }
        }
        source += 2 * geometry.channels
        gradient += geometry.outputs
        largest += geometry.outputs
      }
    }
    for y in 0..<rows {
      for v in 0..<vectors {
        let at = y * stride + v * 16
        sum.store(sum.vector(at: at) + sums[y][v], at: at)
      }
    }
  }

  /// All cells' input gradients: per place in the cell, the outputs that won there.
  static func addInput(
    _ geometry: ConvolutionGeometry, _ dy: UnsafePointer<Float>, _ gradientRow: Int,
    _ order: UnsafePointer<UInt16>, _ weights: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>
  ) {
    let row = paddedToVectors(geometry.run)
    let stride = geometry.kernel * row
    let width = geometry.outputWidth / 2
    for cell in 0..<(geometry.outputHeight / 2) * width {
      let list = order + cell * (geometry.outputs + 4)
      let (y, x) = cell.quotientAndRemainder(dividingBy: width)
      let g = dy + y * gradientRow + x * geometry.outputs
      let corner = dx + 2 * y * geometry.paddedRow + 2 * x * geometry.channels
      var next = 0
      for place in 0..<4 {
        let end = Int(list[place])
        if next == end { continue }
        let target = corner + argmaxOffset(geometry, place)
        var sums = Sums(repeating: InlineArray(repeating: .zero))
        for y in 0..<rows {
          for v in 0..<vectors {
            sums[y][v] = target.vector(at: y * geometry.paddedRow + v * 16)
          }
        }
        while next < end {
          let output = Int(list[4 + next])
          let gradient = Vector(repeating: g[output])
          let w = weights + output * stride
          for y in 0..<rows {
            for v in 0..<vectors {
              sums[y][v].accumulate(gradient, w.vector(at: y * row + v * 16))
            }
          }
          next += 1
        }
        for y in 0..<rows {
          for v in 0..<vectors {
            target.store(sums[y][v], at: y * geometry.paddedRow + v * 16)
          }
        }
      }
    }
  }

  /// Where a pixel of a cell, 0 … 3, begins in a padded input image.
  ///
  /// By masks: a table of four would be written to memory and read again for every cell.
  @inline(__always)
  private static func argmaxOffset(_ geometry: ConvolutionGeometry, _ place: Int) -> Int {
    ((0 &- (place & 1)) & geometry.channels) &+ ((0 &- (place >> 1)) & geometry.paddedRow)
  }
}
