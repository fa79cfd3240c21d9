import Foundation
import Learning
import Randomness
import Tensors
import Testing

/// `bic`'s two numbers for the logits of new classes, against what they minimise: the sum of the
/// images' cross-entropies + ½·(a − 1)² + ½·b².
struct LogitCorrectionTests {
  /// At the minimum the slopes of the loss vanish: Newton's step from there would be none.
  private func expectMinimum(
    _ logits: [[Float]], _ labels: [Int], new: Range<Int>,
    at place: SourceLocation = #_sourceLocation
  ) {
    let best = LogitCorrection(
      fitting: Tensor([logits.count, logits[0].count], logits.flatMap(\.self)), labels: labels,
      new: new)
    func loss(_ a: Double, _ b: Double) -> Double {
      zip(logits, labels).reduce(((a - 1) * (a - 1) + b * b) / 2) { sum, image in
        let z = image.0.indices.map { output in
          let z = Double(image.0[output])
          return new.contains(output) ? a * z + b : z
        }
        return sum + log(z.reduce(0) { $0 + exp($1) }) - z[image.1]
      }
    }
    let (a, b, h) = (Double(best.factor), Double(best.offset), 1e-4)
    let slopes = [
      loss(a + h, b) - loss(a - h, b), loss(a, b + h) - loss(a, b - h),
    ].map { $0 / (2 * h) }
    let curvatures = [
      loss(a + h, b) + loss(a - h, b), loss(a, b + h) + loss(a, b - h),
    ].map { ($0 - 2 * loss(a, b)) / (h * h) }
    for (slope, curvature) in zip(slopes, curvatures) {
      #expect(abs(slope / curvature) < 1e-5, sourceLocation: place)
    }
    #expect(abs(a - 1) + abs(b) > 0.1, sourceLocation: place)
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func correctionIsAMinimum(seed: UInt64) {
    var random = RandomStream(seed: seed)
    let logits = (0..<30).map { _ in (0..<5).map { _ in 2 * random.normal() } }
    expectMinimum(logits, (0..<30).map { _ in random.index(below: 5) }, new: 3..<5)
  }

  /// Logits far from 0 that differ little: factor and offset do nearly the same.
  @Test func factorAndOffsetMayPullAlike() {
    var random = RandomStream(seed: 12)
    let logits = (0..<200).map { _ in (0..<4).map { _ in 5 + 0.3 * random.normal() } }
    // Three quarters are of old classes.
    expectMinimum(logits, (0..<200).map { [0, 1, 0, 2, 1, 0, 1, 3][$0 % 8] }, new: 2..<4)
  }

  /// All images are taken for new ones beyond any doubt, and half of them are old: a whole step of
  /// Newton's method goes as far beyond the minimum as it was away.
  @Test func minimumIsFoundFromFarAway() {
    let logits = (0..<40).map { _ in [0, 0, 20] as [Float] }
    expectMinimum(logits, (0..<40).map { [0, 2, 1, 2][$0 % 4] }, new: 2..<3)
  }
}
