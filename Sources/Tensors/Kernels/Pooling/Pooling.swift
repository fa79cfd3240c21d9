/// 2×2 max-pooling of one image that no convolution could take in.
package enum Pooling {
  /// x [H, W, C] → y [H/2, W/2, C] and argmax, the first of equals.
  package static func forward(
    _ x: UnsafePointer<Float>, _ layout: ImageLayout, into y: UnsafeMutablePointer<Float>,
    outputRow: Int, argmax: UnsafeMutablePointer<UInt8>?
  ) {
    let (channels, columns) = (layout.channels, layout.width / 2)
    for row in 0..<layout.height / 2 {
      for pixel in 0..<columns {
        let corner = x + 2 * row * layout.row + 2 * pixel * channels
        for channel in 0..<channels {
          var best = corner[channel]
          var largest: UInt8 = 0
          for place in 1..<4 {
            let value = corner[(place >> 1) * layout.row + (place & 1) * channels + channel]
            if value > best { (best, largest) = (value, UInt8(place)) }
          }
          y[row * outputRow + pixel * channels + channel] = best
          argmax?[(row * columns + pixel) * channels + channel] = largest
        }
      }
    }
  }

  /// dy [H/2, W/2, C] → dx [H, W, C], all of which is written.
  package static func backward(
    _ dy: UnsafePointer<Float>, gradientRow: Int, argmax: UnsafePointer<UInt8>,
    into dx: UnsafeMutablePointer<Float>, _ layout: ImageLayout
  ) {
    let (channels, columns) = (layout.channels, layout.width / 2)
    for row in 0..<layout.height {
      (dx + row * layout.row).update(repeating: 0, count: layout.length)
    }
    for row in 0..<layout.height / 2 {
      for pixel in 0..<columns {
        let corner = dx + 2 * row * layout.row + 2 * pixel * channels
        for channel in 0..<channels {
          let place = Int(argmax[(row * columns + pixel) * channels + channel])
          corner[(place >> 1) * layout.row + (place & 1) * channels + channel] =
            dy[row * gradientRow + pixel * channels + channel]
        }
      }
    }
  }
}

/// From [height, width, channels] to PyTorch's [channels, height, width], flat, and back.
package enum Flattening {
  package static func forward(
    _ x: UnsafePointer<Float>, _ layout: ImageLayout, into y: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<layout.height {
      for pixel in 0..<layout.width {
        let source = x + row * layout.row + pixel * layout.channels
        let target = y + row * layout.width + pixel
        for channel in 0..<layout.channels { target[channel * layout.pixels] = source[channel] }
      }
    }
  }

  package static func backward(
    _ dy: UnsafePointer<Float>, _ layout: ImageLayout, into dx: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<layout.height {
      for pixel in 0..<layout.width {
        let source = dy + row * layout.width + pixel
        let target = dx + row * layout.row + pixel * layout.channels
        for channel in 0..<layout.channels { target[channel] = source[channel * layout.pixels] }
      }
    }
  }
}
