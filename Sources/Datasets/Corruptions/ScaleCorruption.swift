internal import Randomness

/// Makes what is in the image larger or smaller, about its center.
struct ScaleCorruption: CorruptionKind {
  let name = "scale"
  let summary = "so many percent of its size, 100 being as it is"
  let option: String? = "scale"
  let measure = "size (%)"
  let range = 10.0...1000.0

  func words(_ strength: Double) -> String { "\(plain(strength)) % of its size" }

  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    AffineMap(
      clockwise: 0, scale: Float(strength / 100), right: 0, down: 0, height: shape.height,
      width: shape.width
    ).warped(image, shape)
  }
}
