internal import Randomness

/// Draws every value towards its channel's mean: x ← (x − mean)·c + mean, c = 1 − strength / 100.
struct ContrastCorruption: CorruptionKind {
  let name = "contrast"
  let summary = "so many percent of the contrast taken away"
  let option: String? = "contrast"
  let measure = "contrast taken away (%)"
  let range = 0.0...100.0
  let severities: [Double]? = [25, 50, 60, 70, 85]

  func words(_ strength: Double) -> String { "\(plain(strength)) % less contrast" }

  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    let channels = shape.channels
    let kept = (100 - strength) / 100
    let pixels = Double(shape.height * shape.width)
    let means = (0..<channels).map { channel in
      stride(from: channel, to: image.count, by: channels).reduce(0.0) { $0 + Double(image[$1]) }
        / pixels
    }
    return image.indices.map { index in
      let mean = means[index % channels]
      return byte(below: (Double(image[index]) - mean) * kept + mean)
    }
  }
}
