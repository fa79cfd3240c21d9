import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// The notebook's § 10: CE(z) + a·CE(z_aux) + d·T²·KL(teacher ‖ z), batches half new and half
/// remembered, then a pass of cross-entropy over the exemplars that were used.
struct NotebookDERFormulaTests {
  @Test func stepsAreTheFormula() throws {
    let (auxiliary, weight, temperature, factor) = (0.6, 1.2, 3.0, 0.25)
    var course = try FollowedRun(
      "der-cnn",
      [
        "per-class": .integer(3), "epochs": .integer(2), "auxiliary": .real(auxiliary),
        "distillation": .real(weight), "temperature": .real(temperature),
        "lr-step": .integer(2), "lr-factor": .real(factor),
      ], heads: 2)
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let exemplars = course.memory
      let images = course.images(ofTask: task) + exemplars
      for step in 0..<2 {
        try expectStep(&course, images, rate: FollowedRun.rate, "task \(task), step \(step)") {
          [course] x, z, side in
          var main = course.crossEntropy(images, z)
          if task > 0 {
            main =
              main
              + plainDistillation(
                z, teacher: x.map { teacher($0) }, temperature: temperature,
                weight: weight * temperature * temperature, outputs: 0..<2 * task)
          }
          return (main, auxiliary * course.crossEntropy(images, side))
        }
      }
      // The rate has fallen once when the task's epochs are over.
      if task > 0 {
        try expectStep(
          &course, exemplars, rate: factor * FollowedRun.rate, "balancing task \(task)"
        ) { [course] _, z, side in
          (course.crossEntropy(exemplars, z), 0 * course.crossEntropy(exemplars, side))
        }
      }
      try course.endTask()
    }
  }

  /// Exemplars come piece by piece until all have been there, then in another order. The pass over
  /// those that were used takes each once.
  @Test func exemplarsComeRoundByRound() throws {
    var course = try FollowedRun(
      "der-cnn",
      [
        "per-class": .integer(3), "epochs": .integer(2), "batch": .integer(4),
        "auxiliary": .real(0), "distillation": .real(0), "lr-factor": .real(1),
      ], heads: 2)
    try course.endTask()
    let memory = course.memory
    try course.beginTask()
    let new = course.images(ofTask: 1)
    #expect(memory.count == 5 && new.count == 9)
    var rounds: [[[Int]]] = []
    for _ in 0..<2 {
      // Pieces of two: three fill a round.
      var seen = (new: [Int](), old: [[Int]]())
      for (fresh, exemplars) in [(2, 2), (2, 2), (2, 1), (2, 2), (1, 2)] {
        let candidates = new.choices(of: fresh).flatMap { fresh in
          memory.choices(of: exemplars).map { fresh + $0 }
        }
        let matches = try course.trained(amongst: candidates) { [course] in
          course.crossEntropy($0, $1)
        }
        #expect(matches.count == 1)
        let match = try #require(matches.first)
        seen.new += match.prefix(fresh)
        seen.old.append(Array(match.dropFirst(fresh)))
      }
      #expect(seen.new.sorted() == new)
      #expect(seen.old[..<3].flatMap(\.self).sorted() == memory.sorted())
      rounds += [Array(seen.old[..<2]), Array(seen.old[3...])]
    }
    #expect(Set(rounds).count > 2, "the rounds are one and the same")
    var balanced: [Int] = []
    for size in [4, 1] {
      let matches = try course.trained(amongst: memory.choices(of: size)) { [course] in
        course.crossEntropy($0, $1)
      }
      #expect(matches.count == 1)
      balanced += matches.first ?? []
    }
    #expect(balanced.sorted() == memory.sorted())
  }

  /// - Parameter loss: Given images and the logits of both heads, the loss on each.
  private func expectStep(
    _ course: inout FollowedRun, _ images: [Int], rate: Double, _ place: String,
    loss: (_ x: [[Double]], _ z: [[Double]], _ side: [[Double]]) -> (PlainLoss, PlainLoss)
  ) throws {
    let heads = [0, 1].map { PlainLinear(course.run.network, head: $0) }
    let report = try course.train()
    let x = course.pixels(images)
    let losses = loss(x, x.map { heads[0]($0) }, x.map { heads[1]($0) })
    expectNear([Double(report.loss)], [losses.0.value + losses.1.value], "the loss of \(place)")
    let after = zip(heads, [losses.0, losses.1]).flatMap {
      $0.stepped(along: $0.gradient(x, $1.slopes), rate: rate).weights
    }
    expectNear(course.weights, after, "the weights after \(place)")
  }
}
