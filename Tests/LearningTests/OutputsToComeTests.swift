import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// `dark` against DER++ (Buzzega et al. 2020, equation 6) with an output for every class from the
/// beginning, as in the authors' program (Mammoth, `models/derpp.py`): CE(z, y) on new images +
/// α·MSE(z(x′), z′) + β·CE(z(x″), y″), the mean squared error over all outputs.
struct OutputsToComeTests {
  private func loss(
    _ z: [[Double]], new: [Int], exemplars: [Int], stored: [Int: [Double]], alpha: Double,
    beta: Double, rivals: (_ label: Int) -> [Int]
  ) -> PlainLoss {
    let count = new.count - exemplars.count * 2
    let (dark, plain) = (count..<count + exemplars.count, count + exemplars.count..<new.count)
    let own = plainCrossEntropy(Array(z[..<count]), Array(new[..<count]), among: rivals)
    guard !exemplars.isEmpty else { return own }
    var kept = PlainLoss(slopes: [])
    for (row, image) in zip(dark, exemplars) {
      let old = stored[image] ?? []
      let size = Double(z[row].count * exemplars.count)
      kept.value += zip(z[row], old).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / size
      kept.slopes.append(zip(z[row], old).map { 2 * ($0 - $1) / size })
    }
    let labelled = plainCrossEntropy(Array(z[plain]), Array(new[plain]), among: rivals)
    return PlainLoss(
      value: own.value + alpha * kept.value + beta * labelled.value,
      slopes: own.slopes + (alpha * kept).slopes + (beta * labelled).slopes)
  }

  /// The logits that the state holds for each image.
  private func stored(_ run: Run) throws -> [Int: [Double]] {
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(run))
    let strategy = (json as? [String: Any])?["strategy"] as? [String: Any]
    let answers = (strategy?["state"] as? [String: Any])?["answers"] as? [String: Any]
    let images = try #require(answers?["images"] as? [Int])
    let widths = try #require(answers?["widths"] as? [Int])
    let logits = try #require(
      (answers?["logits"] as? [String: Any])?["elements"] as? [NSNumber]
    ).map(\.doubleValue)
    var start = 0
    return Dictionary(
      uniqueKeysWithValues: zip(images, widths).map { image, width in
        defer { start += width }
        return (image, Array(logits[start..<start + width]))
      })
  }

  /// Every draw is of the whole memory, in an order that does not matter to the loss.
  @Test(
    arguments: [(Scenario.classIncremental, 6), (.taskIncremental, 6), (.domainIncremental, 2)])
  func stepIsTheFormula(scenario: Scenario, width: Int) throws {
    let (alpha, beta) = (0.4, 0.7)
    var course = try FollowedRun(
      "dark",
      [
        "memory": .integer(8), "replay": .integer(100), "alpha": .real(alpha), "beta": .real(beta),
        "epochs": .integer(2),
      ], scenario: scenario)
    var expected: [Int: [Double]] = [:]
    for task in 0..<3 {
      try course.beginTask()
      #expect(course.run.network.architecture.outputs == width)
      let images = course.images(ofTask: task)
      var logits: [[Double]] = []
      for _ in 0..<2 {
        let exemplars = course.memory
        let all = images + exemplars + exemplars
        let labels = course.outputs(all)
        try course.expectStep(all) { z in
          logits = Array(z[..<images.count])
          return loss(
            z, new: labels, exemplars: exemplars, stored: expected, alpha: alpha, beta: beta
          ) { label in
            scenario == .taskIncremental
              ? [label / 2 * 2, label / 2 * 2 + 1] : Array(0..<width)
          }
        }
      }
      // What was taken in has the logits of the step that it was taken from: all of them.
      for image in course.memory where expected[image] == nil {
        let place = try #require(images.firstIndex(of: image))
        expected[image] = logits[place]
      }
      let found = try stored(course.run)
      #expect(Set(found.keys) == Set(course.memory))
      for (image, logits) in found {
        expectNear(logits, expected[image] ?? [], "the logits of image \(image)")
      }
      try course.endTask()
    }
  }

  /// Scores are of the classes so far, and an evaluation counts only those.
  @Test func classesToComeAreNotAnswered() throws {
    var course = try FollowedRun("dark", ["memory": .integer(8)])
    let images = course.data.batch(0..<12, of: .test, random: RandomStream(seed: 0)).images
    for task in 0..<3 {
      try course.evaluateTask()
      let scores = course.run.scores(images, course.data, on: FollowedRun.device)
      #expect(scores.map(\.shape) == [[12, 2 * task + 2], [12, 2 * task + 2]])
      let evaluation = try #require(course.run.history.evaluations.last)
      #expect(
        evaluation.confusion.map(\.count) == Array(repeating: 2 * task + 2, count: 2 * task + 2))
    }
  }

  /// Stored logits of all classes count as memory: 4 bytes each.
  @Test func storedLogitsCountAsMemory() throws {
    var course = try FollowedRun("dark", ["memory": .integer(8)])
    try course.endTask()
    #expect(course.run.kept?.otherBytes == 4 * 6 * course.memory.count)
  }
}
