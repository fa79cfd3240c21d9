import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Deep SLDA: score_k = μ_kᵀΛx − ½·μ_kᵀΛμ_k with Λ = ((1 − ε)·Σ + ε·I)⁻¹, Σ the mean over all images
/// so far of (x − μ)(x − μ)ᵀ about their own classes' means (Hayes and Kanan 2020, section 3). The
/// features of a linear layer are the pixels.
struct StreamingLDAFormulaTests {
  /// Where tasks share their outputs, an output has the score of the best of its classes.
  @Test(arguments: [0.01, 0.5], [Scenario.classIncremental, .domainIncremental])
  func scoresAreTheDiscriminant(shrinkage: Double, scenario: Scenario) throws {
    var course = try FollowedRun("slda", ["shrinkage": .real(shrinkage)], scenario: scenario)
    for task in 0..<3 {
      try course.evaluateTask()
      let classes = course.run.tasks.classes(through: task)
      let rows = classes.map { course.pixels(course.data.train.indices(of: [$0])) }
      let count = Double(rows.reduce(0) { $0 + $1.count })
      let means = rows.map { rows in
        (0..<6).map { i in rows.reduce(0) { $0 + $1[i] } / Double(rows.count) }
      }
      var matrix = (0..<6).map { i in (0..<6).map { $0 == i ? shrinkage : 0.0 } }
      for (mean, rows) in zip(means, rows) {
        for x in rows {
          for i in 0..<6 {
            for j in 0..<6 {
              matrix[i][j] += (1 - shrinkage) * (x[i] - mean[i]) * (x[j] - mean[j]) / count
            }
          }
        }
      }
      let solved = plainSolution(matrix, (0..<6).map { i in means.map { $0[i] } })
      let images = course.data.batch(0..<12, of: .test, random: RandomStream(seed: 0)).images
      let scores = course.run.scores(images, course.data, on: FollowedRun.device)[0]
      let expected = (0..<12).flatMap { image -> [Double] in
        let x = course.data.test.image(at: image).map { Double($0) / 255 }
        let scores = classes.indices.map { k in
          (0..<6).reduce(0) { $0 + solved[$1][k] * (x[$1] - means[k][$1] / 2) }
        }
        guard scenario == .domainIncremental else { return scores }
        return (0..<2).map { output in
          (0...task).map { scores[2 * $0 + output] }.max() ?? 0
        }
      }
      expectNear(scores.elements.map(Double.init), expected, "the scores after task \(task)")
    }
  }

  /// A class without an image has no mean, and never wins.
  @Test func classWithoutImagesNeverWins() {
    var classes = GaussianClasses(features: 2)
    classes.add(Tensor([2, 2], [3, 1, 4, 2]), of: 0, on: FollowedRun.device)
    classes.add(Tensor([2, 2], [1, 3, 0, 5]), of: 2, on: FollowedRun.device)
    let scores = classes.discriminant(shrinkage: 0.1, classes: 4, on: FollowedRun.device)
      .outputs(Tensor([3, 2], [0, 0, 9, -9, -5, -5]), on: FollowedRun.device).elements
    for row in 0..<3 {
      let (met, unmet) = (
        [0, 2].map { scores[4 * row + $0] }, [1, 3].map { scores[4 * row + $0] }
      )
      #expect(met.allSatisfy { abs($0) < 1000 } && unmet.allSatisfy { $0 < -1e38 })
    }
  }

  /// The first task is learned by cross-entropy; later ones move no weight of the body.
  @Test func onlyTheFirstTaskIsLearned() throws {
    var course = try FollowedRun("slda", ["epochs": .integer(2)])
    try course.beginTask()
    let images = course.images(ofTask: 0)
    for _ in 0..<2 {
      try course.expectStep(images) { [course] in course.crossEntropy(images, $0) }
    }
    try course.endTask()
    let steps = course.run.history.steps
    try course.endTask()
    #expect(course.run.history.steps == steps)
  }
}
