internal import Randomness

extension CorruptionKind {
  /// Adds light, as an exposure that is too long does.
  static let brightness = CorruptionKind(
    name: "brightness", summary: "so many percent of the range added to every value",
    option: "brightness", measure: "light added (% of the range)", range: 0.0...100.0,
    words: { "\(plain($0)) % brighter" }
  ) { image, _, strength, _ in
    image.map { byte(nearest: Double($0) + 255 * strength / 100) }
  }
}
