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
    var (importance, anchor) = ([Double](), [Double]())
    for task in 0..<3 {
      try course.beginTask()
      let layer = PlainLinear(course.run.network)
      (importance, anchor) = (layer.grown(importance), layer.grown(anchor))
      let images = course.images(ofTask: task)
      let rivals = 0..<layer.outputs
      var largest = 0.0
      for _ in 0..<3 {
        try course.expectStep(images) { weights in
          let away = zip(weights, anchor).map { $0 - $1 }
          let value = zip(importance, away).reduce(0) { $0 + strength * $1.0 * $1.1 * $1.1 }
          largest = max(largest, value)
          return (value, zip(importance, away).map { 2 * strength * $0 * $1 })
        } loss: { [course] in
          plainCrossEntropy($0, course.outputs(images)) { _ in Array(rivals) }
        }
      }
      #expect(task == 0 || largest > 1e-4)
      try course.endTask()
      let now = PlainLinear(course.run.network)
      var new = now.weights.map { _ in 0.0 }
      for x in course.pixels(images) {
        let slopes = now(x).enumerated().map { rivals.contains($0) ? 2 * $1 : 0 }
        for (j, slope) in now.gradient([x], [slopes]).enumerated() {
          new[j] += abs(slope) / Double(images.count)
        }
      }
      importance =
        task == 0 ? new : zip(importance, new).map { share * $0 + (1 - share) * $1 }
      anchor = now.weights
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
