import Tensors
import Testing

struct AveragePoolingTests {
  /// Sizes that `side` divides, and sizes where parts overlap.
  @Test(arguments: [(4, 4, 2), (5, 7, 3), (8, 3, 3), (6, 6, 1), (7, 5, 4)])
  func sharesMakeTheMeansOfTheGrid(height: Int, width: Int, side: Int) {
    let channels = 3
    let pixels = (0..<height * width * channels).map { Float($0 * $0 % 101) / 8 }
    var means = [Float](repeating: 0, count: side * side * channels)
    // The kernel reads whole vectors.
    let room = pixels + [Float](repeating: 0, count: 16)
    AveragePooling.grid(
      room, ImageLayout(height: height, width: width, channels: channels), side: side,
      into: &means)
    let shares = AveragePooling.shares(height: height, width: width, side: side)
    for part in 0..<side * side {
      for channel in 0..<channels {
        var mean: Float = 0
        for pixel in 0..<height * width {
          mean += pixels[pixel * channels + channel] * shares[pixel * side * side + part]
        }
        #expect(abs(mean - means[part * channels + channel]) < 1e-5)
      }
    }
  }
}
