/// Activation and 2×2 max-pooling in plain loops, for the tests.
package enum ReferencePooling {
  /// x [H, W, C] → y [H/2, W/2, C] and which of the four won, the first of equals.
  package static func forward(
    _ x: [Float], height: Int, width: Int, channels: Int
  ) -> (y: [Float], argmax: [UInt8]) {
    var y: [Float] = []
    var argmax: [UInt8] = []
    for i in 0..<height / 2 {
      for j in 0..<width / 2 {
        for channel in 0..<channels {
          let four = (0..<4).map {
            x[((2 * i + $0 / 2) * width + 2 * j + $0 % 2) * channels + channel]
          }
          let largest = four.indices.dropFirst().reduce(0) { four[$1] > four[$0] ? $1 : $0 }
          y.append(four[largest])
          argmax.append(UInt8(largest))
        }
      }
    }
    return (y, argmax)
  }

  /// dy [H/2, W/2, C] → dx [H, W, C]
  package static func backward(
    _ dy: [Float], argmax: [UInt8], height: Int, width: Int, channels: Int
  ) -> [Float] {
    var dx = [Float](repeating: 0, count: height * width * channels)
    for (index, largest) in argmax.enumerated() {
      let (cell, channel) = index.quotientAndRemainder(dividingBy: channels)
      let (i, j) = cell.quotientAndRemainder(dividingBy: width / 2)
      dx[((2 * i + Int(largest) / 2) * width + 2 * j + Int(largest) % 2) * channels + channel] =
        dy[index]
    }
    return dx
  }
}
