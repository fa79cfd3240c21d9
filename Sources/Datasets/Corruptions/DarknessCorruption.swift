internal import Randomness

/// Takes light away, as dusk does: every value shrinks by the same share.
struct DarknessCorruption: CorruptionKind {
  let name = "darkness"
  let summary = "so many percent of the light taken away"
  let option: String? = "darkness"
  let measure = "light taken away (%)"
  let range = 0.0...100.0

  func words(_ strength: Double) -> String { "\(plain(strength)) % darker" }

  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    image.map { byte(nearest: Double($0) * (1 - strength / 100)) }
  }
}
