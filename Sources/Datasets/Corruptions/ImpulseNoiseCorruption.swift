internal import Randomness

/// Salt and pepper: some values become the largest or the smallest there is, each as likely.
struct ImpulseNoiseCorruption: CorruptionKind {
  let name = "impulse_noise"
  let summary = "so many percent of the values 0 or 255"
  let option: String? = "impulse"
  let measure = "values lost to salt and pepper (%)"
  let range = 0.0...100.0
  let severities: [Double]? = [1, 2, 3, 5, 7]

  func words(_ strength: Double) -> String { "\(plain(strength)) % of the values lost" }

  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    image.map { value in
      // Both are drawn for every value, so that a larger strength hits the same values and more.
      let (place, isSalt) = (Double(random.uniform()), random.uniform() < 0.5)
      return place < strength / 100 ? (isSalt ? 255 : 0) : value
    }
  }
}
