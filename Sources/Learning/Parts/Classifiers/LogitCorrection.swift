import System
package import Tensors

/// z ← a·z + b for the logits of one task's classes (Wu et al. 2019).
package struct LogitCorrection: Codable, Hashable, Sendable {
  package var factor: Float = 1
  package var offset: Float = 0

  package init() {}

  /// The numbers that minimise the cross-entropy of `logits` in which those of `new` are corrected,
  /// plus ½·(a − 1)²/n + ½·b²/n, which keeps them finite when every image is right.
  ///
  /// Newton's method with halved steps; the loss is convex in a and b.
  ///
  /// - Parameters:
  ///   - logits: [N, outputs]
  ///   - labels: N outputs.
  ///   - new: The outputs that are corrected.
  package init(fitting logits: Tensor, labels: [Int], new: Range<Int>) {
    let problem = Problem(logits: logits, labels: labels, new: new)
    var (a, b) = (1.0, 0.0)
    for _ in 0..<100 {
      let here = problem.look(a, b)
      let determinant = here.aa * here.bb - here.ab * here.ab
      guard determinant > 0 else { break }
      let stepA = (here.bb * here.a - here.ab * here.b) / determinant
      let stepB = (here.aa * here.b - here.ab * here.a) / determinant
      var scale = 1.0
      while scale > 1e-6, problem.look(a - scale * stepA, b - scale * stepB).value > here.value {
        scale /= 2
      }
      guard scale > 1e-6 else { break }
      a -= scale * stepA
      b -= scale * stepB
      if abs(stepA) + abs(stepB) < 1e-10 { break }
    }
    factor = Float(a)
    offset = Float(b)
  }

  package func apply(to logits: inout Tensor, _ outputs: Range<Int>) {
    let width = logits.shape[1]
    for row in 0..<logits.shape[0] {
      for i in row * width + outputs.lowerBound..<row * width + outputs.upperBound {
        logits.elements[i] = factor * logits.elements[i] + offset
      }
    }
  }

  /// The loss as a function of a and b.
  private struct Problem {
    let logits: Tensor
    let labels: [Int]
    let new: Range<Int>

    /// Value, first and second derivatives.
    struct Look {
      var value = 0.0
      var a = 0.0
      var b = 0.0
      var aa = 0.0
      var ab = 0.0
      var bb = 0.0
    }

    func look(_ a: Double, _ b: Double) -> Look {
      let width = logits.shape[1]
      var sum = Look(
        value: ((a - 1) * (a - 1) + b * b) / 2, a: a - 1, b: b, aa: 1, ab: 0, bb: 1)
      for (row, label) in labels.enumerated() {
        let z = (0..<width).map { Double(logits.elements[row * width + $0]) }
        let corrected = z.indices.map { new.contains($0) ? a * z[$0] + b : z[$0] }
        let largest = corrected.max() ?? 0
        let total = corrected.reduce(0) { $0 + exp($1 - largest) }
        sum.value += largest + log(total) - corrected[label]
        var (p, pz, pzz) = (0.0, 0.0, 0.0)
        for output in new {
          let share = exp(corrected[output] - largest) / total
          p += share
          pz += share * z[output]
          pzz += share * z[output] * z[output]
        }
        let isNew = new.contains(label)
        sum.a += pz - (isNew ? z[label] : 0)
        sum.b += p - (isNew ? 1 : 0)
        sum.aa += pzz - pz * pz
        sum.ab += pz - pz * p
        sum.bb += p - p * p
      }
      return sum
    }
  }
}
