internal import Randomness

extension CorruptionKind {
  /// Moves the image sideways.
  static let shift = CorruptionKind(
    name: "shift", summary: "moved to the right by so many pixels", option: "shift",
    measure: "shift (pixels)", range: -1024.0...1024.0,
    words: { "moved by \(plain($0)) pixels" }
  ) { image, shape, strength, _ in
    AffineMap(
      clockwise: 0, scale: 1, right: Float(strength), down: 0, height: shape.height,
      width: shape.width
    ).warped(image, shape)
  }
}
