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
}
