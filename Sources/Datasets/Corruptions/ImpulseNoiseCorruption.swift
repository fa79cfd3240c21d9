internal import Randomness

extension CorruptionKind {
  /// Salt and pepper: some values become the largest or the smallest there is, each as likely.
  static let impulseNoise = CorruptionKind(
    name: "impulse_noise", summary: "so many percent of the values 0 or 255", option: "impulse",
    measure: "values lost to salt and pepper (%)", range: 0.0...100.0, severities: [1, 2, 3, 5, 7],
    words: { "\(plain($0)) % of the values lost" }
  ) { image, _, strength, random in
    image.map { value in
      // Both are drawn for every value, so that a larger strength hits the same values and more.
      let (place, isSalt) = (Double(random.uniform()), random.uniform() < 0.5)
      return place < strength / 100 ? (isSalt ? 255 : 0) : value
    }
  }
}
