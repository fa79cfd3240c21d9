import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// DER++: cross-entropy of new images + α·‖z(x′) − z′‖²/K of exemplars with the logits z′ that they
/// had when they were taken in + β·cross-entropy of other exemplars (Buzzega et al. 2020, equation 6),
/// each a mean over its images, K the number of outputs: those of all classes from the beginning.
struct DERPlusPlusFormulaTests {
  private let alpha = 0.6
  private let beta = 0.3

  /// - Parameters:
  ///   - stored: z′ of each of the images in the middle.
  ///   - images: New ones, then those whose logits count, then those whose labels count.
  private func loss(
    _ course: FollowedRun, new: [Int], stored: [[Double]], labelled: [Int], _ z: [[Double]]
  ) -> PlainLoss {
    let current = course.crossEntropy(new, Array(z[..<new.count]))
    if stored.isEmpty { return current }
    var dark = PlainLoss(slopes: Array(z[new.count..<new.count + stored.count]))
    for (image, old) in stored.enumerated() {
      for output in old.indices {
        let away = z[new.count + image][output] - old[output]
        let share = alpha / Double(old.count) / Double(stored.count)
        dark.value += share * away * away
        dark.slopes[image][output] = 2 * share * away
      }
    }
    let plain =
      beta * course.crossEntropy(labelled, Array(z[(new.count + stored.count)...]))
    return PlainLoss(
      value: current.value + dark.value + plain.value,
      slopes: current.slopes + dark.slopes + plain.slopes)
  }

  private func course(_ given: [String: OptionValue]) throws -> FollowedRun {
    try FollowedRun(
      "dark",
      given.merging(["alpha": .real(alpha), "beta": .real(beta), "lr": .real(0.3)]) { $1 })
  }

  @Test func stepIsTheFormula() throws {
    var course = try course([
      "memory": .integer(8), "replay": .integer(100), "epochs": .integer(3),
    ])
    var answers: [Int: [Double]] = [:]
    for task in 0..<3 {
      try course.beginTask()
      #expect(course.run.network.architecture.outputs == 6)
      let new = course.images(ofTask: task)
      for _ in 0..<3 {
        let before = PlainLinear(course.run.network)
        let kept = course.memory
        #expect(task == 0 || !kept.isEmpty)
        try course.expectStep(new + kept + kept, rate: 0.3) { [course] z in
          loss(course, new: new, stored: kept.compactMap { answers[$0] }, labelled: kept, z)
        }
        for image in Set(course.memory).subtracting(kept) {
          answers[image] = before(course.pixels([image])[0])
        }
      }
      try course.endTask()
    }
  }

  /// One exemplar for its logits and one for its label: two draws, each from all of the memory.
  @Test func labelsAreOfAnotherDraw() throws {
    var course = try course(["memory": .integer(6), "replay": .integer(1), "epochs": .integer(12)])
    try course.beginTask()
    for _ in 0..<11 { _ = try course.train() }
    let before = PlainLinear(course.run.network)
    try course.endTask()
    let memory = course.memory
    #expect(memory.count == 5)
    let answers = Dictionary(
      uniqueKeysWithValues: memory.map { ($0, before(course.pixels([$0])[0])) })
    try course.beginTask()
    let new = course.images(ofTask: 1)
    var (same, first, second) = (0, Set<Int>(), Set<Int>())
    for step in 0..<11 {
      let pairs = memory.flatMap { dark in memory.map { new + [dark, $0] } }
      let matches = try course.trained(amongst: pairs, rate: 0.3) { [course] images, z in
        let (dark, plain) = (images[new.count], images[new.count + 1])
        return loss(course, new: new, stored: [answers[dark] ?? []], labelled: [plain], z)
      }
      #expect(matches.count == 1, "step \(step)")
      guard let match = matches.first else { continue }
      first.insert(match[new.count])
      second.insert(match[new.count + 1])
      if match[new.count] == match[new.count + 1] { same += 1 }
    }
    #expect(same < 11, "both draws are one")
    #expect(first.count > 1 && second.count > 1)
  }
}
