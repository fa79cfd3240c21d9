import Foundation
import Networks
import Tensors
import Testing

/// Losses against their formulas in double precision.
struct LossTests {
  private static let logits: [[Double]] = [
    [0.5, -1.5, 3], [-0.25, 0, 2], [4, 1, -2], [0, 0, 0.75],
  ]
  private static let labels = [2, 0, 1, 1]

  private func tensor(_ rows: [[Double]]) -> Tensor {
    Tensor([rows.count, rows[0].count], rows.flatMap { $0.map { Float($0) } })
  }

  /// Szegedy et al. 2016: −Σ t·log softmax(z), where t is 1 − ε for the label and ε shared out evenly.
  @Test(arguments: [0, 0.1, 0.6]) func smoothedLabelsShareEpsilonOut(epsilon: Double) {
    let loss = crossEntropy(
      tensor(Self.logits), labels: Self.labels, smoothing: Float(epsilon))
    var expected = 0.0
    for (image, row) in Self.logits.enumerated() {
      let total = row.reduce(0) { $0 + exp($1) }
      for (output, z) in row.enumerated() {
        let target = epsilon / 3 + (output == Self.labels[image] ? 1 - epsilon : 0)
        expected -= target * log(exp(z) / total) / 4
        let slope = (exp(z) / total - target) / 4
        #expect(abs(Double(loss.gradient.elements[3 * image + output]) - slope) < 1e-6)
      }
    }
    #expect(abs(Double(loss.value) - expected) < 1e-5)
  }

  /// −t·log σ(z) − (1 − t)·log(1 − σ(z)), added up over the outputs, mean over the images.
  @Test func binaryCrossEntropyIsThatOfItsFormula() {
    let targets: [[Double]] = [[0, 0, 1], [1, 0.25, 0], [0.5, 1, 1], [0, 1, 0.9]]
    let loss = binaryCrossEntropy(tensor(Self.logits), targets: tensor(targets))
    var expected = 0.0
    for (image, row) in Self.logits.enumerated() {
      for (output, z) in row.enumerated() {
        let (t, share) = (targets[image][output], 1 / (1 + exp(-z)))
        expected -= (t * log(share) + (1 - t) * log(1 - share)) / 4
        let slope = (share - t) / 4
        #expect(abs(Double(loss.gradient.elements[3 * image + output]) - slope) < 1e-6)
      }
    }
    #expect(abs(Double(loss.value) - expected) < 1e-5)
  }

  /// Where 1 − σ(z) is 0 in any precision, or e^−z is no number.
  @Test(
    arguments: [
      (200, 0, 200, 1), (200, 1, 0, 0), (-200, 0, 0, 0), (-200, 1, 200, -1), (0, 1, log(2), -0.5),
    ] as [(Double, Double, Double, Double)])
  func sureOutputsHaveFiniteLosses(z: Double, target: Double, value: Double, slope: Double) {
    let loss = binaryCrossEntropy(tensor([[z]]), targets: tensor([[target]]))
    #expect(abs(Double(loss.value) - value) < 1e-5)
    #expect(abs(Double(loss.gradient.elements[0]) - slope) < 1e-6)
  }

  @Test(
    arguments: [(0, 0.5), (2, 0.880797078), (-2, 0.119202922), (90, 1), (-90, 0)]
      as [(Float, Double)])
  func sigmoidRisesFrom0To1(z: Float, value: Double) {
    #expect(abs(Double(sigmoid(z)) - value) < 1e-6)
  }
}

/// What an optimizer keeps.
struct OptimizerMemoryTests {
  /// Adam's second moment is as large as a network; SGD has none.
  @Test(arguments: [
    (Optimizer.Method.sgd(momentum: 0.9, weightDecay: 0), 0), (.adam, 5),
    (.adamW(weightDecay: 0.01), 5),
  ])
  func onlyAdamKeepsSquares(method: Optimizer.Method, squares: Int) {
    let optimizer = Optimizer(method, learningRate: 0.1, count: 5)
    #expect(optimizer.first.count == 5)
    #expect(optimizer.second.count == squares)
  }
}
