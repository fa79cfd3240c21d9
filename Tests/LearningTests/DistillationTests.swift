import Datasets
import Foundation
import Learning
import Networks
import Testing

/// Distillation in every scenario: outputs that compete share a softmax, others do not.
struct DistillationTests {
  static let temperature = 2.0

  /// (1 − λ)·CE + λ·KL at temperature T, λ = old classes / all, without a factor T² (Zhao et al.
  /// 2020, equation 3).
  @Test(
    arguments: [0, 0.2], [Scenario.classIncremental, .taskIncremental, .domainIncremental])
  func stepOfWeightAligning(smoothing: Double, scenario: Scenario) throws {
    var course = try FollowedRun(
      "wa",
      [
        "memory": .integer(12), "epochs": .integer(2), "temperature": .real(Self.temperature),
        "label-smoothing": .real(smoothing),
      ], scenario: scenario)
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let images = course.images(ofTask: task) + course.memory
      let labels = course.outputs(images)
      let answers = course.pixels(images).map { teacher($0) }
      let share = Double(task) / Double(task + 1)
      /// Each with a softmax of its own.
      let groups: [Range<Int>] =
        switch scenario {
        case .classIncremental: [0..<2 * task]
        case .taskIncremental: (0..<task).map { 2 * $0..<2 * $0 + 2 }
        case .domainIncremental: [0..<2]
        }
      for _ in 0..<2 {
        try course.expectStep(images) { z in
          let own = plainCrossEntropy(z, labels, smoothing: smoothing) { label in
            scenario == .taskIncremental ? [label / 2 * 2, label / 2 * 2 + 1] : Array(z[0].indices)
          }
          guard task > 0 else { return own }
          return groups.reduce((1 - share) * own) {
            $0
              + plainDistillation(
                z, teacher: answers, temperature: Self.temperature, weight: share, outputs: $1)
          }
        }
      }
      try course.endTask()
    }
  }

  /// CE + T²·KL, as the notebook has it.
  @Test(arguments: [("rehearsal-kd", 1), ("der-cnn", 2)])
  func stepOfTheNotebookWhereTheTaskIsTold(strategy: String, heads: Int) throws {
    var course = try FollowedRun(
      strategy, ["temperature": .real(Self.temperature)], scenario: .taskIncremental, heads: heads)
    try course.endTask()
    try course.endTask()
    let teacher = PlainLinear(course.run.network)
    try course.beginTask()
    let student = PlainLinear(course.run.network)
    let images = course.images(ofTask: 2) + course.memory
    let labels = course.outputs(images)
    let x = course.pixels(images)
    let answers = x.map { teacher($0) }
    func crossEntropy(_ layer: PlainLinear) -> PlainLoss {
      plainCrossEntropy(x.map { layer($0) }, labels) { [$0 / 2 * 2, $0 / 2 * 2 + 1] }
    }
    // T² = 4; der-cnn weighs the distillation by 1.5 and a second head's cross-entropy by 0.7.
    let weight = heads == 1 ? 4 : 6.0
    var expected = [0..<2, 2..<4].reduce(crossEntropy(student).value) {
      $0
        + plainDistillation(
          x.map { student($0) }, teacher: answers, temperature: Self.temperature, weight: weight,
          outputs: $1
        ).value
    }
    if heads == 2 {
      expected += 0.7 * crossEntropy(PlainLinear(course.run.network, head: 1)).value
    }
    let loss = try course.train().loss
    expectNear([Double(loss)], [expected], "the loss")
  }
}
