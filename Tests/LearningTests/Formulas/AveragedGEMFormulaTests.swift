import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// A-GEM: g ← g − (gᵀr / rᵀr)·r where gᵀr < 0, r the gradient on exemplars (Chaudhry et al. 2019,
/// equation 11).
struct AveragedGEMFormulaTests {
  @Test func stepIsTheProjectedGradient() throws {
    var course = try FollowedRun("a-gem", ["memory": .integer(6), "epochs": .integer(6)])
    var projected = 0
    for task in 0..<3 {
      try course.beginTask()
      let (images, exemplars) = (course.images(ofTask: task), course.memory)
      for step in 0..<6 {
        let before = PlainLinear(course.run.network)
        func gradient(_ images: [Int]) -> [Double] {
          let x = course.pixels(images)
          return before.gradient(x, course.crossEntropy(images, x.map { before($0) }).slopes)
        }
        var slope = gradient(images)
        if task > 0 {
          let reference = gradient(exemplars)
          let product = zip(slope, reference).reduce(0) { $0 + $1.0 * $1.1 }
          let square = reference.reduce(0) { $0 + $1 * $1 }
          if product < 0 {
            slope = zip(slope, reference).map { $0 - product / square * $1 }
            projected += 1
          }
        }
        _ = try course.train()
        expectNear(
          course.weights, before.stepped(along: slope, rate: FollowedRun.rate).weights,
          "the weights in task \(task), step \(step)")
      }
      try course.endTask()
    }
    #expect(projected > 0)
  }
}
