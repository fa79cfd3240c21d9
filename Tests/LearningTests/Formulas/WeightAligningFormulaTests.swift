import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// WA: (1 − λ)·CE + λ·KL(teacher ‖ student) at temperature T, λ = old classes / all (Zhao et al. 2020,
/// equations 1 to 3, where there is no T²); then the new rows of W times the old rows' mean norm
/// divided by theirs (equations 6 to 8), biases as they are.
struct WeightAligningFormulaTests {
  @Test func stepAndAlignmentAreTheFormula() throws {
    let temperature = 3.0
    var course = try FollowedRun(
      "wa",
      ["memory": .integer(9), "temperature": .real(temperature), "epochs": .integer(2)])
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let images = course.images(ofTask: task) + course.memory
      let answers = course.pixels(images).map { teacher($0) }
      let (old, all) = (2 * task, 2 * task + 2)
      let share = Double(old) / Double(all)
      for _ in 0..<2 {
        try course.expectStep(images) { [course] z in
          let loss = course.crossEntropy(images, z)
          guard task > 0 else { return loss }
          return (1 - share) * loss
            + share
            * plainDistillation(
              z, teacher: answers, temperature: temperature, weight: 1, outputs: 0..<old)
        }
      }
      var expected = course.weights
      if task > 0 {
        let norms = (0..<all).map { row -> Double in
          let numbers = expected[row * 6..<row * 6 + 6]
          return numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
        let oldMean = norms[..<old].reduce(0, +) / Double(old)
        let newMean = norms[old...].reduce(0, +) / 2
        let factor = oldMean / newMean
        for place in old * 6..<all * 6 { expected[place] *= factor }
        #expect(abs(factor - 1) > 1e-3)
      }
      try course.evaluateTask()
      expectNear(course.weights, expected, "the weights after aligning task \(task)")
    }
  }
}
