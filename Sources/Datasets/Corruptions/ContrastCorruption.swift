internal import Randomness

extension CorruptionKind {
  /// Draws every value towards its channel's mean: x ← (x − mean)·c + mean, c = 1 − strength / 100.
  static let contrast = CorruptionKind(
    name: "contrast", summary: "so many percent of the contrast taken away", option: "contrast",
    measure: "contrast taken away (%)", range: 0.0...100.0, severities: [25, 50, 60, 70, 85],
    words: { "\(plain($0)) % less contrast" }
  ) { image, shape, strength, _ in
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
