internal import Randomness

extension CorruptionKind {
  /// Makes what is in the image larger or smaller, about its center.
  static let scale = CorruptionKind(
    name: "scale", summary: "so many percent of its size, 100 being as it is", option: "scale",
    measure: "size (%)", range: 10.0...1000.0,
    words: { "\(plain($0)) % of its size" }
  ) { image, shape, strength, _ in
    AffineMap(
      clockwise: 0, scale: Float(strength / 100), right: 0, down: 0, height: shape.height,
      width: shape.width
    ).warped(image, shape)
  }
}
