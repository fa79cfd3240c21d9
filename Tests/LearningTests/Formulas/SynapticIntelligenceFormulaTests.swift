import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Synaptic intelligence: cross-entropy + c·Σ Ω·(θ − θ*)², where a task adds ω / (Δ² + ξ) to Ω, Δ being
/// how far a weight has moved in the task and ω = Σ over its steps of −g·δ, g the gradient of the
/// task's loss alone and δ what the step moved (Zenke, Poole and Ganguli 2017, equations 3 to 5).
struct SynapticIntelligenceFormulaTests {
  @Test(arguments: [Scenario.classIncremental, .domainIncremental])
  func stepIsTheFormula(scenario: Scenario) throws {
    let (strength, damping, momentum, decay, rate, steps) = (0.4, 0.05, 0.5, 0.5, 0.3, 6)
    var course = try FollowedRun(
      "si",
      [
        "strength": .real(strength), "damping": .real(damping), "rivals": .choice("all"),
        "epochs": .integer(steps), "momentum": .real(momentum), "lr": .real(rate),
        // Which takes weights against the slope.
        "weight-decay": .real(decay),
      ], scenario: scenario)
    var (importance, anchor) = ([Double](), [Double]())
    var negative = 0
    for task in 0..<3 {
      try course.beginTask()
      let start = PlainLinear(course.run.network)
      (importance, anchor) = (start.grown(importance), start.grown(anchor))
      var path = start.weights.map { _ in 0.0 }
      var velocity = path
      let images = course.images(ofTask: task)
      let x = course.pixels(images)
      var largest = 0.0
      for step in 0..<steps {
        let before = PlainLinear(course.run.network)
        let loss = course.crossEntropy(images, x.map { before($0) })
        let slope = before.gradient(x, loss.slopes)
        let away = zip(before.weights, anchor).map { $0 - $1 }
        let report = try course.train()
        let pull = zip(importance, away).reduce(0) { $0 + strength * $1.0 * $1.1 * $1.1 }
        largest = max(largest, pull)
        expectNear([Double(report.loss)], [loss.value + pull], "the loss of step \(step)")
        for j in velocity.indices {
          let spring = 2 * strength * importance[j] * away[j]
          let shrinking = decay * before.weights[j]
          velocity[j] = momentum * velocity[j] + slope[j] + shrinking + spring
        }
        expectNear(
          course.weights, zip(before.weights, velocity).map { $0 - rate * $1 },
          "the weights after step \(step)")
        for j in path.indices { path[j] -= slope[j] * (course.weights[j] - before.weights[j]) }
      }
      #expect(task == 0 || largest > 1e-3)
      negative += path.count { $0 < -1e-4 }
      for j in path.indices {
        let moved = course.weights[j] - start.weights[j]
        importance[j] += max(0, path[j]) / (moved * moved + damping)
      }
      anchor = course.weights
      try course.endTask()
    }
    #expect(negative > 0, "no weight worked against a task: nothing was cut off")
  }
}
