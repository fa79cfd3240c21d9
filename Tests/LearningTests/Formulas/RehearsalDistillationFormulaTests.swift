import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Rehearsal with distillation: CE + T²·KL on new images and exemplars together (the notebook, § 9),
/// or (1 − λ)·CE + λ·T²·KL with λ = old classes / all.
struct RehearsalDistillationFormulaTests {
  @Test(arguments: [false, true]) func stepIsTheFormula(weighted: Bool) throws {
    let temperature = 3.0
    var course = try FollowedRun(
      "rehearsal-kd",
      [
        "memory": .integer(9), "temperature": .real(temperature), "weighted": .flag(weighted),
        "epochs": .integer(2),
      ])
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let exemplars = course.memory
      // 9 shared by 2 and by 4 classes; of class 2 there are but 2 images.
      #expect(exemplars.count == [0, 5, 8][task])
      let images = course.images(ofTask: task) + exemplars
      let answers = course.pixels(images).map { teacher($0) }
      let share = Double(2 * task) / Double(2 * task + 2)
      for _ in 0..<2 {
        try course.expectStep(images) { [course] z in
          let loss = course.crossEntropy(images, z)
          guard task > 0 else { return loss }
          let kept = plainDistillation(
            z, teacher: answers, temperature: temperature, weight: temperature * temperature,
            outputs: 0..<2 * task)
          return weighted ? (1 - share) * loss + share * kept : loss + kept
        }
      }
      try course.endTask()
    }
  }

  /// Told the task, each old task is distilled with a softmax of its own, and all of them count.
  @Test func toldTheTaskEveryOldTaskIsDistilled() throws {
    let temperature = 3.0
    var course = try FollowedRun(
      "rehearsal-kd",
      ["memory": .integer(9), "temperature": .real(temperature), "epochs": .integer(8)],
      scenario: .taskIncremental)
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let images = course.images(ofTask: task) + course.memory
      let answers = course.pixels(images).map { teacher($0) }
      var least = Double.infinity
      for _ in 0..<8 {
        try course.expectStep(images) { [course] z in
          let parts = (0..<task).map { old in
            plainDistillation(
              z, teacher: answers, temperature: temperature, weight: temperature * temperature,
              outputs: 2 * old..<2 * old + 2)
          }
          least = parts.map(\.value).min() ?? .infinity
          return parts.reduce(
            plainCrossEntropy(z, course.outputs(images)) { [$0 / 2 * 2, $0 / 2 * 2 + 1] }, +)
        }
      }
      #expect(least > 1e-4, "the answers to a task before \(task) hardly change")
      try course.endTask()
    }
  }
}
