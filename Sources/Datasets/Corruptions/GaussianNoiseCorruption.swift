internal import Randomness

/// Adds a normal number to every value, as a sensor in the dark does.
struct GaussianNoiseCorruption: CorruptionKind {
  let name = "gaussian_noise"
  let summary = "noise with a deviation of so many percent of the range"
  let option: String? = "noise"
  let measure = "noise (deviation in % of the range)"
  let range = 0.0...100.0
  let severities: [Double]? = [4, 6, 8, 9, 10]

  func words(_ strength: Double) -> String { "\(plain(strength)) % noise" }

  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    image.map { byte(below: Double($0) + 255 * strength / 100 * Double(random.normal())) }
  }
}
