import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// BiC: (1 − λ)·CE + λ·KL(teacher ‖ student) on the corrected logits, λ = old classes / all (Wu et al.
/// 2019, equations 1 to 3, where there is no T²); then a·z + b for the new classes' logits, by
/// cross-entropy on images that were held out (section 4), here with ½·(a − 1)² + ½·b² beside the sum.
struct BiasCorrectionFormulaTests {
  /// a and b of each task.
  private typealias Corrections = [(a: Double, b: Double)]

  private func corrected(_ z: [Double], _ corrections: Corrections) -> [Double] {
    z.enumerated().map { output, z in
      output / 2 < corrections.count
        ? corrections[output / 2].a * z + corrections[output / 2].b : z
    }
  }

  /// The minimum over a and b, by a search that halves its steps.
  private func fitted(_ z: [[Double]], _ labels: [Int], new: [Int]) -> (a: Double, b: Double) {
    func value(_ a: Double, _ b: Double) -> Double {
      zip(z, labels).reduce(((a - 1) * (a - 1) + b * b) / 2) { sum, image in
        let changed = image.0.enumerated().map { new.contains($0) ? a * $1 + b : $1 }
        return sum - log(plainSoftmax(changed)[image.1])
      }
    }
    var (best, step) = ((a: 1.0, b: 0.0), 0.5)
    while step > 1e-9 {
      let around = [(step, 0), (-step, 0), (0, step), (0, -step)]
      let here = value(best.a, best.b)
      if let better = around.first(where: { value(best.a + $0.0, best.b + $0.1) < here }) {
        best = (best.a + better.0, best.b + better.1)
      } else {
        step /= 2
      }
    }
    return best
  }

  @Test func stepsAndCorrectionsAreTheFormula() throws {
    let temperature = 3.0
    var course = try FollowedRun(
      "bic",
      [
        "memory": .integer(12), "temperature": .real(temperature), "hold-out": .real(0.1),
        "epochs": .integer(2),
      ], counts: [6, 5, 5, 6, 4, 4])
    var corrections: Corrections = []
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      let before = corrections
      try course.beginTask()
      corrections.append((1, 0))
      let share = Double(2 * task) / Double(2 * task + 2)
      let now = course
      func loss(_ images: [Int], _ z: [[Double]]) -> PlainLoss {
        let z = z.map { corrected($0, corrections) }
        var loss = now.crossEntropy(images, z)
        if task > 0 {
          let answers = now.pixels(images).map { corrected(teacher($0), before) }
          loss =
            (1 - share) * loss
            + share
            * plainDistillation(
              z, teacher: answers, temperature: temperature, weight: 1, outputs: 0..<2 * task)
        }
        loss.slopes = loss.slopes.map { slopes in
          slopes.enumerated().map { $1 * corrections[$0 / 2].a }
        }
        return loss
      }
      // The last exemplar of each old class is held out, and one image of each new one.
      let old = task == 0 ? [] : course.run.learner.memory.classes.map { $0.images.last ?? -1 }
      let kept = course.memory.filter { !old.contains($0) }
      let classes = course.run.tasks.tasks[task].map { course.data.train.indices(of: [$0]) }
      let pairs =
        task == 0 ? [[]] : classes[0].flatMap { one in classes[1].map { [one, $0] } }
      let all = course.images(ofTask: task) + kept
      let candidates = pairs.map { pair in all.filter { !pair.contains($0) } }
      var matches: [[Int]] = []
      for step in 0..<2 {
        matches = try course.trained(amongst: candidates, loss: loss)
        #expect(matches.count == 1, "task \(task), step \(step)")
      }
      let trained = Set(try #require(matches.first))
      try course.evaluateTask()
      if task > 0 {
        let held = old + all.filter { !trained.contains($0) }
        let layer = PlainLinear(course.run.network)
        corrections[task] = fitted(
          course.pixels(held).map { corrected(layer($0), corrections) }, course.outputs(held),
          new: [2 * task, 2 * task + 1])
        #expect(abs(corrections[task].b) > 0.01)
      }
      let layer = PlainLinear(course.run.network)
      let batch = course.data.batch(0..<6, of: .test, random: RandomStream(seed: 0)).images
      let scores = course.run.scores(batch, course.data, on: FollowedRun.device)[0]
      expectNear(
        scores.elements.map(Double.init),
        (0..<6).flatMap { image in
          corrected(
            layer(course.data.test.image(at: image).map { Double($0) / 255 }), corrections)
        }, "the corrected logits after task \(task)")
    }
  }
}
