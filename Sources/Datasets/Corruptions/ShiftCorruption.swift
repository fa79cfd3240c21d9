internal import Randomness

/// Moves the image sideways.
struct ShiftCorruption: CorruptionKind {
  let name = "shift"
  let summary = "moved to the right by so many pixels"
  let option: String? = "shift"
  let measure = "shift (pixels)"
  let range = -1024.0...1024.0

  func words(_ strength: Double) -> String { "moved by \(plain(strength)) pixels" }

  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    AffineMap(
      clockwise: 0, scale: 1, right: Float(strength), down: 0, height: shape.height,
      width: shape.width
    ).warped(image, shape)
  }
}
