import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// iCaRL (Rebuffi et al. 2017): the loss of algorithm 3, the exemplars of algorithms 4 and 5, the
/// nearest mean of algorithm 1. The features of a linear layer are the pixels.
struct ICaRLFormulaTests {
  private let capacity = 10

  private func unit(_ x: [Double]) -> [Double] {
    let length = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return x.map { $0 / length }
  }

  private func mean(_ rows: [[Double]]) -> [Double] {
    rows[0].indices.map { i in rows.reduce(0) { $0 + $1[i] } / Double(rows.count) }
  }

  /// p_k = argmin ‖μ − mean of p_1, …, p_k‖, features of length 1.
  private func herded(_ images: [Int], _ features: [[Double]], count: Int) -> [Int] {
    let features = features.map(unit)
    let mean = mean(features)
    var chosen: [Int] = []
    for _ in 0..<min(count, images.count) {
      func distance(_ candidate: Int) -> Double {
        let average = self.mean((chosen + [candidate]).map { features[$0] })
        return zip(mean, average).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let left = images.indices.filter { !chosen.contains($0) }
      chosen.append(left.min { distance($0) < distance($1) } ?? 0)
    }
    return chosen.map { images[$0] }
  }

  @Test(arguments: [0, 0.2]) func stepMemoryAndMeansAreTheAlgorithms(smoothing: Double) throws {
    var course = try FollowedRun(
      "icarl",
      [
        "memory": .integer(capacity), "epochs": .integer(2), "label-smoothing": .real(smoothing),
      ], counts: [6, 7, 5, 6, 4, 6])
    var kept: [(label: Int, images: [Int])] = []
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let images = course.images(ofTask: task) + course.memory
      let answers = course.pixels(images).map { task == 0 ? [] : teacher($0) }
      let labels = course.outputs(images)
      for _ in 0..<2 {
        try course.expectStep(images) {
          plainBinaryCrossEntropy($0, labels, answers, smoothing: smoothing)
        }
      }
      try course.evaluateTask()
      let share = capacity / (2 * task + 2)
      kept = kept.map { ($0.label, Array($0.images.prefix(share))) }
      for label in course.run.tasks.tasks[task] {
        let own = course.data.train.indices(of: [label])
        kept.append((label, herded(own, course.pixels(own), count: share)))
      }
      let memory = course.run.learner.memory.classes
      #expect(memory.map(\.label) == kept.map(\.label))
      #expect(memory.map(\.images) == kept.map(\.images))
      try expectNearestMeans(course, kept.map(\.images), head: 0)
    }
  }

  /// The score of a class is the cosine between the image's features and the mean of its exemplars'
  /// features of length 1.
  private func expectNearestMeans(
    _ course: FollowedRun, _ exemplars: [[Int]], head: Int
  ) throws {
    let means = exemplars.map { unit(mean(course.pixels($0).map(unit))) }
    let images = course.data.batch(0..<12, of: .test, random: RandomStream(seed: 0)).images
    let scores = course.run.scores(images, course.data, on: FollowedRun.device)[head]
    let expected = (0..<12).flatMap { image in
      let x = unit(course.data.test.image(at: image).map { Double($0) / 255 })
      return means.map { mean in zip(mean, x).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    expectNear(scores.elements.map(Double.init), expected, "the cosines")
  }
}
