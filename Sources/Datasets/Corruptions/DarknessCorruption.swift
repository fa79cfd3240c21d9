internal import Randomness

extension CorruptionKind {
  /// Takes light away, as dusk does: every value shrinks by the same share.
  static let darkness = CorruptionKind(
    name: "darkness", summary: "so many percent of the light taken away", option: "darkness",
    measure: "light taken away (%)", range: 0.0...100.0,
    words: { "\(plain($0)) % darker" }
  ) { image, _, strength, _ in
    image.map { byte(nearest: Double($0) * (1 - strength / 100)) }
  }
}
