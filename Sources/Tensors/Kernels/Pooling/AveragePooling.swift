/// Means over parts of one image [H, W, C], rows `inputRow` floats apart.
package enum AveragePooling {
  /// The mean over all pixels.  → y [C]
  package static func forward(
    _ x: UnsafePointer<Float>, height: Int, width: Int, channels: Int, inputRow: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    forward(
      x, rows: 0..<height, columns: 0..<width, channels: channels, inputRow: inputRow, into: y)
  }

  /// dy [C] → dx, all of which is written.
  package static func backward(
    _ dy: UnsafePointer<Float>, height: Int, width: Int, channels: Int,
    into dx: UnsafeMutablePointer<Float>, inputRow: Int
  ) {
    let share = Vector(repeating: 1 / Float(height * width))
    for channel in stride(from: 0, to: channels, by: 16) {
      let lanes = min(16, channels - channel)
      let gradient = share * dy.vector(at: channel, lanes: lanes)
      for row in 0..<height {
        for pixel in 0..<width {
          dx.store(gradient, at: row * inputRow + pixel * channels + channel, lanes: lanes)
        }
      }
    }
  }

  /// Means over a grid of `side` × `side` parts that cover the image, overlapping where its size is
  /// no multiple: PyTorch's `adaptive_avg_pool2d`.  → y [side, side, C]
  package static func grid(
    _ x: UnsafePointer<Float>, height: Int, width: Int, channels: Int, inputRow: Int, side: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<side {
      for j in 0..<side {
        forward(
          x, rows: part(i, of: side, in: height), columns: part(j, of: side, in: width),
          channels: channels, inputRow: inputRow, into: y + (i * side + j) * channels)
      }
    }
  }

  /// The way back from `grid`: dy [side, side, C] is added to x's gradient, each part's share to its
  /// pixels.
  package static func addGrid(
    _ dy: UnsafePointer<Float>, height: Int, width: Int, channels: Int, side: Int,
    to dx: UnsafeMutablePointer<Float>, inputRow: Int
  ) {
    for i in 0..<side {
      for j in 0..<side {
        let (rows, columns) = (part(i, of: side, in: height), part(j, of: side, in: width))
        let share = Vector(repeating: 1 / Float(rows.count * columns.count))
        for channel in stride(from: 0, to: channels, by: 16) {
          let lanes = min(16, channels - channel)
          let gradient =
            share * dy.vector(at: (i * side + j) * channels + channel, lanes: lanes)
          for row in rows {
            for pixel in columns {
              let at = row * inputRow + pixel * channels + channel
              dx.store(dx.vector(at: at, lanes: lanes) + gradient, at: at, lanes: lanes)
            }
          }
        }
      }
    }
  }

  /// What each pixel weighs in each of the means that `grid` makes.  → [height · width, side · side]
  package static func shares(height: Int, width: Int, side: Int) -> [Float] {
    var shares = [Float](repeating: 0, count: height * width * side * side)
    for i in 0..<side {
      for j in 0..<side {
        let (rows, columns) = (part(i, of: side, in: height), part(j, of: side, in: width))
        for row in rows {
          for column in columns {
            shares[(row * width + column) * side * side + i * side + j] =
              1 / Float(rows.count * columns.count)
          }
        }
      }
    }
    return shares
  }

  /// The rows or columns of one of `side` parts that cover them all.
  private static func part(_ index: Int, of side: Int, in extent: Int) -> Range<Int> {
    index * extent / side..<((index + 1) * extent + side - 1) / side
  }

  private static func forward(
    _ x: UnsafePointer<Float>, rows: Range<Int>, columns: Range<Int>, channels: Int,
    inputRow: Int, into y: UnsafeMutablePointer<Float>
  ) {
    let share = Vector(repeating: 1 / Float(rows.count * columns.count))
    for channel in stride(from: 0, to: channels, by: 16) {
      var total = Vector.zero
      for row in rows {
        for pixel in columns { total += x.vector(at: row * inputRow + pixel * channels + channel) }
      }
      y.store(total * share, at: channel, lanes: min(16, channels - channel))
    }
  }
}
