import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Learning without forgetting: cross-entropy of the new images + λ·T²·KL(teacher ‖ student) over the
/// old outputs (Li and Hoiem 2017, equations 1 to 3; T² as Hinton et al. 2015 have it).
struct LearningWithoutForgettingFormulaTests {
  private let strength = 0.7
  private let temperature = 3.0

  /// Takes the two steps of each of three tasks.
  ///
  /// - Parameters:
  ///   - rivals: The outputs that the labels of a task are learned among.
  ///   - groups: The outputs that are distilled, each group by itself.
  ///   - weighing: The option `weigh-by`.
  ///   - times: How often a task's distillation counts.
  private func expectSteps(
    _ scenario: Scenario, option: String, weighing: String = "parts",
    times: (_ task: Int) -> Int = { _ in 1 }, among rivals: (_ task: Int) -> Range<Int>,
    distilling groups: (_ task: Int) -> [Range<Int>], at place: SourceLocation = #_sourceLocation
  ) throws {
    var course = try FollowedRun(
      "lwf",
      [
        "strength": .real(strength), "temperature": .real(temperature), "rivals": .choice(option),
        "weigh-by": .choice(weighing), "epochs": .integer(2),
      ], scenario: scenario)
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let images = course.images(ofTask: task)
      let labels = course.outputs(images)
      let answers = course.pixels(images).map { teacher($0) }
      for _ in 0..<2 {
        try course.expectStep(images, at: place) { z in
          groups(task).reduce(plainCrossEntropy(z, labels) { _ in Array(rivals(task)) }) {
            $0
              + plainDistillation(
                z, teacher: answers, temperature: temperature,
                weight: Double(times(task)) * strength * temperature * temperature, outputs: $1)
          }
        }
      }
      try course.endTask()
    }
  }

  @Test(arguments: ["all", "new"]) func stepIsTheFormula(rivals: String) throws {
    try expectSteps(.classIncremental, option: rivals) { task in
      (rivals == "all" ? 0 : 2 * task)..<2 * task + 2
    } distilling: { task in
      task == 0 ? [] : [0..<2 * task]
    }
  }

  /// By tasks: CE + (k − 1)·λ·T²·KL.
  @Test func everyOldTaskCounts() throws {
    try expectSteps(.classIncremental, option: "all", weighing: "tasks", times: { $0 }) { task in
      0..<2 * task + 2
    } distilling: { task in
      task == 0 ? [] : [0..<2 * task]
    }
  }

  /// Told the task, each old task has a softmax of its own.
  @Test(arguments: ["parts", "tasks"])
  func toldTheTaskEachOldTaskIsDistilledByItself(weighing: String) throws {
    try expectSteps(.taskIncremental, option: "all", weighing: weighing) { task in
      2 * task..<2 * task + 2
    } distilling: { task in
      (0..<task).map { 2 * $0..<2 * $0 + 2 }
    }
  }
}
