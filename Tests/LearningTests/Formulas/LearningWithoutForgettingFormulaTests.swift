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

  private func course(_ rivals: String, _ scenario: Scenario) throws -> FollowedRun {
    try FollowedRun(
      "lwf",
      [
        "strength": .real(strength), "temperature": .real(temperature), "rivals": .choice(rivals),
        "epochs": .integer(2),
      ], scenario: scenario)
  }

  @Test(arguments: ["all", "new"]) func stepIsTheFormula(rivals: String) throws {
    var course = try course(rivals, .classIncremental)
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let images = course.images(ofTask: task)
      let answers = course.pixels(images).map { teacher($0) }
      for _ in 0..<2 {
        try course.expectStep(images) { [course] z in
          let loss = plainCrossEntropy(z, course.outputs(images)) { _ in
            rivals == "all" ? Array(0..<2 * task + 2) : [2 * task, 2 * task + 1]
          }
          guard task > 0 else { return loss }
          return loss
            + plainDistillation(
              z, teacher: answers, temperature: temperature,
              weight: strength * temperature * temperature, outputs: 0..<2 * task)
        }
      }
      try course.endTask()
    }
  }

  /// Told the task, each old task has a softmax of its own.
  @Test func toldTheTaskEachOldTaskIsDistilledByItself() throws {
    var course = try course("all", .taskIncremental)
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let images = course.images(ofTask: task)
      let answers = course.pixels(images).map { teacher($0) }
      for _ in 0..<2 {
        try course.expectStep(images) { [course] z in
          var loss = plainCrossEntropy(z, course.outputs(images)) { _ in
            [2 * task, 2 * task + 1]
          }
          for old in 0..<task {
            loss =
              loss
              + plainDistillation(
                z, teacher: answers, temperature: temperature,
                weight: strength * temperature * temperature, outputs: 2 * old..<2 * old + 2)
          }
          return loss
        }
      }
      try course.endTask()
    }
  }
}
