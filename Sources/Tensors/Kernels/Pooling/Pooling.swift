/// 2×2 max-pooling of one image that no convolution could take in.
package enum Pooling {
  /// x [H, W, C] with rows `inputRow` apart → y [height, W/2, C] and argmax, the first of equals.
  package static func forward(
    _ x: UnsafePointer<Float>, width: Int, channels: Int, inputRow: Int,
    into y: UnsafeMutablePointer<Float>, height: Int, outputRow: Int,
    argmax: UnsafeMutablePointer<UInt8>?
  ) {
    for row in 0..<height {
      for pixel in 0..<width / 2 {
        let corner = x + 2 * row * inputRow + 2 * pixel * channels
        for channel in 0..<channels {
          var best = corner[channel]
          var largest: UInt8 = 0
          for place in 1..<4 {
            let value = corner[(place >> 1) * inputRow + (place & 1) * channels + channel]
            if value > best { (best, largest) = (value, UInt8(place)) }
          }
          y[row * outputRow + pixel * channels + channel] = best
          argmax?[(row * (width / 2) + pixel) * channels + channel] = largest
        }
      }
    }
  }

  /// dy [height, width, C] → dx, all of which is written.
  package static func backward(
    _ dy: UnsafePointer<Float>, height: Int, width: Int, channels: Int, gradientRow: Int,
    argmax: UnsafePointer<UInt8>, into dx: UnsafeMutablePointer<Float>, inputHeight: Int,
    inputWidth: Int, inputRow: Int
  ) {
    for row in 0..<inputHeight {
      (dx + row * inputRow).update(repeating: 0, count: inputWidth * channels)
    }
    for row in 0..<height {
      for pixel in 0..<width {
        let corner = dx + 2 * row * inputRow + 2 * pixel * channels
        for channel in 0..<channels {
          let place = Int(argmax[(row * width + pixel) * channels + channel])
          corner[(place >> 1) * inputRow + (place & 1) * channels + channel] =
            dy[row * gradientRow + pixel * channels + channel]
        }
      }
    }
  }
}

/// From [height, width, channels] to PyTorch's [channels, height, width], flat, and back.
package enum Flattening {
  package static func forward(
    _ x: UnsafePointer<Float>, inputRow: Int, height: Int, width: Int, channels: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<height {
      for pixel in 0..<width {
        let source = x + row * inputRow + pixel * channels
        let target = y + row * width + pixel
        for channel in 0..<channels { target[channel * height * width] = source[channel] }
      }
    }
  }

  package static func backward(
    _ dy: UnsafePointer<Float>, height: Int, width: Int, channels: Int,
    into dx: UnsafeMutablePointer<Float>, inputRow: Int
  ) {
    for row in 0..<height {
      for pixel in 0..<width {
        let source = dy + row * width + pixel
        let target = dx + row * inputRow + pixel * channels
        for channel in 0..<channels { target[channel] = source[channel * height * width] }
      }
    }
  }
}
