extension BatchNormalization {
  /// Adds one image's Σ g and Σ g·x̂ to `sums` [2, K], where g is the gradient at ŷ; leaves g in the
  /// place of dy.  dy and y [H, W, K], of the same rows.
  package static func addSums(
    _ layout: ImageLayout, _ z: UnsafePointer<Float>, _ table: Table, slope: Float,
    output y: UnsafePointer<Float>, _ dy: UnsafeMutablePointer<Float>, gradientRow: Int,
    into sums: UnsafeMutablePointer<Float>
  ) {
    let (channels, slopes) = (layout.channels, Vector(repeating: slope))
    for channel in stride(from: 0, to: channels, by: 16) {
      let lanes = min(16, channels - channel)
      let mean = table.mean.vector(at: channel)
      let inverse = table.inverseDeviation.vector(at: channel)
      var (plain, along) = (Vector.zero, Vector.zero)
      for row in 0..<layout.height {
        let source = z + row * layout.width * channels + channel
        let output = y + row * gradientRow + channel
        let gradient = dy + row * gradientRow + channel
        for pixel in 0..<layout.width {
          let at = pixel * channels
          var g = gradient.vector(at: at)
          g = (g * slopes).replacing(with: g, where: output.vector(at: at) .> 0)
          gradient.store(g, at: at, lanes: lanes)
          plain += g
          along.accumulate(g, (source.vector(at: at) - mean) * inverse)
        }
      }
      add(plain, along, to: sums, channels, at: channel, lanes)
    }
  }

  /// The same behind pooling: dy and y [H/2, W/2, K], of which only the argmax' places count.
  package static func addPooledSums(
    _ layout: ImageLayout, _ z: UnsafePointer<Float>, _ table: Table, slope: Float,
    output y: UnsafePointer<Float>, _ dy: UnsafeMutablePointer<Float>, gradientRow: Int,
    argmax: UnsafePointer<UInt8>, into sums: UnsafeMutablePointer<Float>
  ) {
    let (channels, slopes) = (layout.channels, Vector(repeating: slope))
    let (row, columns) = (layout.width * channels, layout.width / 2)
    for channel in stride(from: 0, to: channels, by: 16) {
      let lanes = min(16, channels - channel)
      let mean = table.mean.vector(at: channel)
      let inverse = table.inverseDeviation.vector(at: channel)
      var (plain, along) = (Vector.zero, Vector.zero)
      for y0 in 0..<layout.height / 2 {
        for x0 in 0..<columns {
          let at = y0 * gradientRow + x0 * channels + channel
          var g = dy.vector(at: at)
          g = (g * slopes).replacing(with: g, where: y.vector(at: at) .> 0)
          dy.store(g, at: at, lanes: lanes)
          let corner = z + 2 * y0 * row + 2 * x0 * channels + channel
          let largest = argmax.places(at: (y0 * columns + x0) * channels + channel)
          var value = corner.vector(at: 0)
          for place in 1..<4 {
            value.replace(
              with: corner.vector(at: (place >> 1) * row + (place & 1) * channels),
              where: largest.lanes(of: Int32(place)))
          }
          plain += g
          along.accumulate(g, (value - mean) * inverse)
        }
      }
      add(plain, along, to: sums, channels, at: channel, lanes)
    }
  }

  /// Adds the slots' sums, in order: the gradients of β and γ, and what `backward` takes off.
  ///
  /// - Parameters:
  ///   - slots: `slotCount` sums [2, K], `stride` floats apart.
  ///   - values: Values per channel in the batch; nil if mean and variance did not follow from it.
  ///   - gradient: Of γ [K], then β [K]; added to.
  package static func collect(
    _ slots: UnsafePointer<Float>, slotCount: Int, stride: Int, values: Int?, _ table: Table,
    into gradient: UnsafeMutablePointer<Float>
  ) {
    let channels = table.channels
    for channel in 0..<channels {
      var (plain, along) = (0.0, 0.0)
      for slot in 0..<slotCount {
        plain += Double(slots[slot * stride + channel])
        along += Double(slots[slot * stride + channels + channel])
      }
      gradient[channel] += Float(along)
      gradient[channels + channel] += Float(plain)
      let share = values.map { Double(table.scale[channel]) / Double($0) } ?? 0
      table.offset[channel] = Float(share * plain)
      table.tilt[channel] = Float(share * along * Double(table.inverseDeviation[channel]))
    }
  }

  /// dz = scale·g − offset − tilt·(z − mean).  g as `addSums` left it → dz [H, W, K]
  package static func backward(
    _ layout: ImageLayout, _ z: UnsafePointer<Float>, _ table: Table, _ g: UnsafePointer<Float>,
    gradientRow: Int, into dz: UnsafeMutablePointer<Float>
  ) {
    let channels = layout.channels
    for channel in stride(from: 0, to: channels, by: 16) {
      let lanes = min(16, channels - channel)
      let line = Line(table, channel)
      for row in 0..<layout.height {
        let source = z + row * layout.width * channels + channel
        let gradient = g + row * gradientRow + channel
        let target = dz + row * layout.width * channels + channel
        for pixel in 0..<layout.width {
          let at = pixel * channels
          var value = line.taken(source.vector(at: at))
          value.accumulate(line.scale, gradient.vector(at: at))
          target.store(value, at: at, lanes: lanes)
        }
      }
    }
  }

  /// The same behind pooling: g [H/2, W/2, K] counts at the argmax' places, 0 elsewhere.
  package static func backwardPooled(
    _ layout: ImageLayout, _ z: UnsafePointer<Float>, _ table: Table, _ g: UnsafePointer<Float>,
    gradientRow: Int, argmax: UnsafePointer<UInt8>, into dz: UnsafeMutablePointer<Float>
  ) {
    let channels = layout.channels
    let (row, columns) = (layout.width * channels, layout.width / 2)
    for channel in stride(from: 0, to: channels, by: 16) {
      let lanes = min(16, channels - channel)
      let line = Line(table, channel)
      for y0 in 0..<layout.height / 2 {
        for x0 in 0..<columns {
          let at = y0 * gradientRow + x0 * channels + channel
          let gradient = line.scale * g.vector(at: at)
          let places = argmax.places(at: (y0 * columns + x0) * channels + channel)
          let start = 2 * y0 * row + 2 * x0 * channels + channel
          @inline(__always)
          func value(_ place: Int32, _ offset: Int) -> Vector {
            let value = line.taken(z.vector(at: start + offset))
            return value.replacing(
              with: value + gradient, where: places.lanes(of: place))
          }
          let (a, b) = (value(0, 0), value(1, channels))
          let (c, d) = (value(2, row), value(3, row + channels))
          dz.store(a, at: start, lanes: lanes)
          dz.store(b, at: start + channels, lanes: lanes)
          dz.store(c, at: start + row, lanes: lanes)
          dz.store(d, at: start + row + channels, lanes: lanes)
        }
      }
      // A last row or column that belongs to no cell.
      for y0 in 0..<layout.height {
        for x0 in (y0 < layout.height & ~1 ? 2 * columns : 0)..<layout.width {
          let at = y0 * row + x0 * channels + channel
          dz.store(line.taken(z.vector(at: at)), at: at, lanes: lanes)
        }
      }
    }
  }

  /// What every dz of 16 channels has in common.
  private struct Line {
    var scale: Vector
    var offset: Vector
    var tilt: Vector
    var mean: Vector

    init(_ table: Table, _ channel: Int) {
      scale = table.scale.vector(at: channel)
      offset = table.offset.vector(at: channel)
      tilt = table.tilt.vector(at: channel)
      mean = table.mean.vector(at: channel)
    }

    @inline(__always)
    func taken(_ z: Vector) -> Vector {
      var value = -offset
      value.accumulate(-tilt, z - mean)
      return value
    }
  }

  private static func add(
    _ plain: Vector, _ along: Vector, to sums: UnsafeMutablePointer<Float>, _ channels: Int,
    at channel: Int, _ lanes: Int
  ) {
    sums.store(sums.vector(at: channel, lanes: lanes) + plain, at: channel, lanes: lanes)
    let other = channels + channel
    sums.store(sums.vector(at: other, lanes: lanes) + along, at: other, lanes: lanes)
  }
}
