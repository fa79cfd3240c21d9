import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Memory-aware synapses: cross-entropy + λ·Σ Ω·(θ − θ*)², Ω the mean over the images of
/// |∂‖z(x)‖²/∂θ| (Aljundi et al. 2018, equations 3 and 4); here Ω ← α·Ω + (1 − α)·Ω_new.
struct MemoryAwareSynapsesFormulaTests {
  @Test(arguments: [0.5, 0.2], [Scenario.classIncremental, .domainIncremental])
  func stepIsTheFormula(share: Double, scenario: Scenario) throws {
    let strength = 1.0
    var course = try FollowedRun(
      "mas",
      [
        "strength": .real(strength), "old-share": .real(share), "rivals": .choice("all"),
        "epochs": .integer(3),
      ], scenario: scenario)
    try course.expectSprings(strength: strength, least: 1e-4) { old, task, layer, images in
      var new = layer.weights.map { _ in 0.0 }
      for x in images {
        for (j, slope) in layer.gradient([x], [layer(x).map { 2 * $0 }]).enumerated() {
          new[j] += abs(slope) / Double(images.count)
        }
      }
      return task == 0 ? new : zip(old, new).map { share * $0 + (1 - share) * $1 }
    }
  }

  /// Where but some outputs compete, importances are of those.
  @Test func importanceIsOfTheRivals() throws {
    let course = try FollowedRun("joint", ["once": .flag(true)])
    var network = course.run.network
    network.replaceHeads(outputs: 6, random: RandomStream(seed: 2))
    let batch = course.data.batch(0..<9, of: .train, random: RandomStream(seed: 0)).images
    let found = network.outputSensitivitySum(batch, among: 2..<5, on: FollowedRun.device)
    let layer = PlainLinear(network)
    var expected = layer.weights.map { _ in 0.0 }
    for x in course.pixels(Array(0..<9)) {
      let slopes = layer(x).enumerated().map { (2..<5).contains($0) ? 2 * $1 : 0 }
      for (j, slope) in layer.gradient([x], [slopes]).enumerated() { expected[j] += abs(slope) }
    }
    expectNear(found.elements.map(Double.init), expected, "the importances")
    #expect(expected[..<12].allSatisfy { $0 == 0 } && expected[12..<30].allSatisfy { $0 > 0 })
  }
}
