internal import Randomness

/// A long row of normal random numbers, drawn once: every image reads its noise from a place of
/// its own, which costs a hundredth of drawing it.
struct Grain: Sendable {
  static let count = 1 << 16

  let values: [Float]

  init(_ stream: RandomStream) {
    var stream = stream
    values = (0..<Self.count).map { _ in max(-3, min(3, stream.normal())) }
  }

  subscript(index: Int) -> Float { values[index & (Self.count - 1)] }
}
