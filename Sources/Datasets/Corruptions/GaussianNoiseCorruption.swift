internal import Randomness

extension CorruptionKind {
  /// Adds a normal number to every value, as a sensor in the dark does.
  static let gaussianNoise = CorruptionKind(
    name: "gaussian_noise", summary: "noise with a deviation of so many percent of the range",
    option: "noise", measure: "noise (deviation in % of the range)", range: 0.0...100.0,
    severities: [4, 6, 8, 9, 10],
    words: { "\(plain($0)) % noise" }
  ) { image, _, strength, random in
    image.map { byte(below: Double($0) + 255 * strength / 100 * Double(random.normal())) }
  }
}
