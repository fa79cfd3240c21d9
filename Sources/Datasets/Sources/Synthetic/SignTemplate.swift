/// A drawing as pixels at halving resolutions.
package struct SignTemplate: Sendable {
  /// [side, side], red, green, blue and opacity, colours multiplied by the opacity.
  package struct Level: Sendable {
    package let side: Int
    package let pixels: [SIMD4<UInt8>]
  }

  /// From fine to coarse.
  package let levels: [Level]

  /// - Parameter side: A power of two, at least 8.
  package init(label: Int, side: Int) {
    var pixels = SignCatalog.drawing(of: label).canvas(side: side).pixels
    var side = side
    var levels = [Level]()
    while true {
      levels.append(
        Level(side: side, pixels: pixels.map { SIMD4<UInt8>($0 * 255, rounding: .toNearestOrEven) })
      )
      guard side > 8 else { break }
      pixels = Self.halved(pixels, side: side)
      side /= 2
    }
    self.levels = levels
  }

  private static func halved(_ pixels: [SIMD4<Float>], side: Int) -> [SIMD4<Float>] {
    var result = [SIMD4<Float>]()
    result.reserveCapacity(pixels.count / 4)
    for row in stride(from: 0, to: side, by: 2) {
      for column in stride(from: 0, to: side, by: 2) {
        let index = row * side + column
        let above = pixels[index] + pixels[index + 1]
        let below = pixels[index + side] + pixels[index + side + 1]
        result.append((above + below) * 0.25)
      }
    }
    return result
  }

  /// The coarsest level that still has `density` pixels along a side, or the finest.
  func level(density: Float) -> Level {
    levels.last { Float($0.side) >= density } ?? levels[0]
  }
}
