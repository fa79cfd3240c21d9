/// Means over parts of one image [H, W, C].
package enum AveragePooling {
  /// The mean over all pixels.  → y [C]
  package static func forward(
    _ x: UnsafePointer<Float>, _ layout: ImageLayout, into y: UnsafeMutablePointer<Float>
  ) {
    mean(x, layout, rows: 0..<layout.height, columns: 0..<layout.width, into: y)
  }

  /// dy [C] → dx, all of which is written.
  package static func backward(
    _ dy: UnsafePointer<Float>, _ layout: ImageLayout, into dx: UnsafeMutablePointer<Float>
  ) {
    let (channels, share) = (layout.channels, Vector(repeating: 1 / Float(layout.pixels)))
    for channel in stride(from: 0, to: channels, by: 16) {
      let lanes = min(16, channels - channel)
      let gradient = share * dy.vector(at: channel, lanes: lanes)
      for row in 0..<layout.height {
        for pixel in 0..<layout.width {
          dx.store(gradient, at: row * layout.row + pixel * channels + channel, lanes: lanes)
        }
      }
    }
  }

  /// Means over a grid of `side` × `side` parts that cover the image, overlapping where its size is
  /// no multiple: PyTorch's `adaptive_avg_pool2d`.  → y [side, side, C]
  package static func grid(
    _ x: UnsafePointer<Float>, _ layout: ImageLayout, side: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    forEachPart(layout.height, layout.width, side) { part, rows, columns in
      mean(x, layout, rows: rows, columns: columns, into: y + part * layout.channels)
    }
  }

  /// The way back from `grid`: dy [side, side, C] is added to x's gradient, each part's share to its
  /// pixels.
  package static func addGrid(
    _ dy: UnsafePointer<Float>, side: Int, to dx: UnsafeMutablePointer<Float>,
    _ layout: ImageLayout
  ) {
    let channels = layout.channels
    forEachPart(layout.height, layout.width, side) { part, rows, columns in
      let share = Vector(repeating: 1 / Float(rows.count * columns.count))
      for channel in stride(from: 0, to: channels, by: 16) {
        let lanes = min(16, channels - channel)
        let gradient = share * dy.vector(at: part * channels + channel, lanes: lanes)
        for row in rows {
          for pixel in columns {
            let at = row * layout.row + pixel * channels + channel
            dx.store(dx.vector(at: at, lanes: lanes) + gradient, at: at, lanes: lanes)
          }
        }
      }
    }
  }

  /// What each pixel weighs in each of the means that `grid` makes.  → [height · width, side · side]
  package static func shares(height: Int, width: Int, side: Int) -> [Float] {
    var shares = [Float](repeating: 0, count: height * width * side * side)
    forEachPart(height, width, side) { part, rows, columns in
      for row in rows {
        for column in columns {
          shares[(row * width + column) * side * side + part] =
            1 / Float(rows.count * columns.count)
        }
      }
    }
    return shares
  }

  /// The parts that cover an image, row by row.
  @inline(__always)
  private static func forEachPart(
    _ height: Int, _ width: Int, _ side: Int,
    _ body: (_ part: Int, _ rows: Range<Int>, _ columns: Range<Int>) -> Void
  ) {
    func range(_ index: Int, _ extent: Int) -> Range<Int> {
      index * extent / side..<((index + 1) * extent + side - 1) / side
    }
    for part in 0..<side * side {
      body(part, range(part / side, height), range(part % side, width))
    }
  }

  private static func mean(
    _ x: UnsafePointer<Float>, _ layout: ImageLayout, rows: Range<Int>, columns: Range<Int>,
    into y: UnsafeMutablePointer<Float>
  ) {
    let channels = layout.channels
    let share = Vector(repeating: 1 / Float(rows.count * columns.count))
    for channel in stride(from: 0, to: channels, by: 16) {
      var total = Vector.zero
      for row in rows {
        for pixel in columns {
          total += x.vector(at: row * layout.row + pixel * channels + channel)
        }
      }
      y.store(total * share, at: channel, lanes: min(16, channels - channel))
    }
  }
}
