internal import Randomness

/// Adds light, as an exposure that is too long does.
struct BrightnessCorruption: CorruptionKind {
  let name = "brightness"
  let summary = "so many percent of the range added to every value"
  let option: String? = "brightness"
  let measure = "light added (% of the range)"
  let range = 0.0...100.0

  func words(_ strength: Double) -> String { "\(plain(strength)) % brighter" }

  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    image.map { byte(nearest: Double($0) + 255 * strength / 100) }
  }
}
