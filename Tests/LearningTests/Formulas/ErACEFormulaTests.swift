import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// ER-ACE: cross-entropy of new images among the classes of their own batch + cross-entropy of
/// exemplars among all (Caccia et al. 2022, equation 4).
struct ErACEFormulaTests {
  @Test(arguments: [0, 0.2]) func stepIsTheAsymmetricLoss(smoothing: Double) throws {
    var course = try FollowedRun(
      "er-ace",
      [
        "memory": .integer(7), "replay": .integer(100), "epochs": .integer(2),
        "label-smoothing": .real(smoothing),
      ])
    for task in 0..<3 {
      try course.beginTask()
      let new = course.images(ofTask: task)
      for _ in 0..<2 {
        let exemplars = task == 0 ? [] : course.memory
        try course.expectStep(new + exemplars) { [course] z in
          let own = plainCrossEntropy(
            Array(z[..<new.count]), course.outputs(new), smoothing: smoothing
          ) { _ in
            [2 * task, 2 * task + 1]
          }
          guard task > 0 else { return own }
          let replayed = course.crossEntropy(
            exemplars, Array(z[new.count...]), smoothing: smoothing)
          return PlainLoss(
            value: own.value + replayed.value, slopes: own.slopes + replayed.slopes)
        }
      }
      try course.endTask()
    }
  }

  /// The classes of the batch, not those of the task.
  @Test func aClassThatIsNotInTheBatchIsNotPushedDown() throws {
    var course = try FollowedRun(
      "er-ace", ["memory": .integer(6), "replay": .integer(100), "batch": .integer(2)],
      tasks: [[2, 0], [1, 3, 4], [5]])
    try course.endTask()
    try course.beginTask()
    let new = course.images(ofTask: 1)
    for step in 0..<3 {
      let exemplars = course.memory
      let matches = try course.trained(amongst: new.choices(of: 2).map { $0 + exemplars }) {
        [course] images, z in
        let labels = course.outputs(Array(images[..<2]))
        let own = plainCrossEntropy(Array(z[..<2]), labels) { _ in Array(Set(labels)) }
        let replayed = course.crossEntropy(exemplars, Array(z[2...]))
        return PlainLoss(value: own.value + replayed.value, slopes: own.slopes + replayed.slopes)
      }
      // Two images of one class have nothing to be told apart from: any such pair does.
      #expect(!matches.isEmpty, "step \(step)")
    }
  }
}
