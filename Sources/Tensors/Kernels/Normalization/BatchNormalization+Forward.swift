extension BatchNormalization {
  /// z [H, W, K] → y [H, W, K]
  package static func forward(
    _ layout: ImageLayout, _ z: UnsafePointer<Float>, _ table: Table, slope: Float,
    into y: UnsafeMutablePointer<Float>, outputRow: Int
  ) {
    let (channels, slopes) = (layout.channels, Vector(repeating: slope))
    for channel in stride(from: 0, to: channels, by: 16) {
      let lanes = min(16, channels - channel)
      let scale = table.scale.vector(at: channel)
      let shift = table.shift.vector(at: channel)
      for row in 0..<layout.height {
        let source = z + row * layout.width * channels + channel
        let target = y + row * outputRow + channel
        for pixel in 0..<layout.width {
          var value = shift
          value.accumulate(scale, source.vector(at: pixel * channels))
          target.store(value.activated(slope: slopes), at: pixel * channels, lanes: lanes)
        }
      }
    }
  }

  /// z [H, W, K] → y [H/2, W/2, K] and, if asked, argmax, the first of equals.
  package static func forwardPooled(
    _ layout: ImageLayout, _ z: UnsafePointer<Float>, _ table: Table, slope: Float,
    into y: UnsafeMutablePointer<Float>, outputRow: Int, argmax: UnsafeMutablePointer<UInt8>?
  ) {
    let (channels, slopes) = (layout.channels, Vector(repeating: slope))
    let (row, columns) = (layout.width * channels, layout.width / 2)
    for channel in stride(from: 0, to: channels, by: 16) {
      let lanes = min(16, channels - channel)
      let scale = table.scale.vector(at: channel)
      let shift = table.shift.vector(at: channel)
      for y0 in 0..<layout.height / 2 {
        for x0 in 0..<columns {
          let corner = z + 2 * y0 * row + 2 * x0 * channels + channel
          @inline(__always)
          func normalized(_ offset: Int) -> Vector {
            var value = shift
            value.accumulate(scale, corner.vector(at: offset))
            return value
          }
          let largest = Argmax(
            normalized(0), normalized(channels), normalized(row), normalized(row + channels))
          let at = x0 * channels + channel
          (y + y0 * outputRow).store(
            largest.value.activated(slope: slopes), at: at, lanes: lanes)
          argmax?.store(largest.place, at: y0 * columns * channels + at, lanes: lanes)
        }
      }
    }
  }
}
