import Foundation
import Learning
import Networks
import Testing

/// `label-smoothing` acts wherever it can be given.
struct SmoothingTests {
  static let strategies = Strategies.all.filter { strategy in
    strategy.options.contains { $0.name == "label-smoothing" }
  }.map { $0.description.name }

  /// The first step's loss is another one.
  @Test(arguments: strategies) func smoothingChangesTheLoss(strategy: String) throws {
    let losses = try [0, 0.5].map { smoothing in
      var course = try FollowedRun(
        strategy, ["label-smoothing": .real(smoothing)], heads: strategy == "der-cnn" ? 2 : 1)
      return try course.train().loss
    }
    #expect(abs(losses[0] - losses[1]) > 1e-3)
  }

  /// In `der` the auxiliary head's labels, new classes or "any old one", are smoothed as well as the
  /// head's (Yan et al. 2021: the loss is the sum of both).
  @Test(arguments: [0, 0.3]) func auxiliaryLabelsAreSmoothedToo(smoothing: Double) throws {
    var course = try FollowedRun(
      "der",
      [
        "label-smoothing": .real(smoothing), "memory": .integer(12), "auxiliary": .real(0.6),
        "second-epochs": .integer(0),
      ])
    try course.endTask()
    let old = PlainLinear(course.run.network)
    try course.beginTask()
    let state = try JSONSerialization.jsonObject(with: JSONEncoder().encode(course.run))
    let strategy = (state as? [String: Any])?["strategy"] as? [String: Any]
    let head =
      ((strategy?["state"] as? [String: Any])?["auxiliaryHead"] as? [String: Any])?["map"]
      as? [String: Any]
    func numbers(_ key: String) throws -> [Double] {
      try #require((head?[key] as? [String: Any])?["elements"] as? [NSNumber]).map(\.doubleValue)
    }
    let auxiliary = PlainLinear(
      inputs: 6, outputs: 3, weights: try numbers("weights") + numbers("bias"))
    let new = PlainLinear(course.run.network)
    let images = course.images(ofTask: 1) + course.memory
    let labels = course.outputs(images)
    let x = course.pixels(images)
    // Features of the frozen backbone and of the new one are the pixels; old outputs read both.
    let z = x.map { x in
      let (own, frozen) = (new(x), old(x))
      return own.indices.map { own[$0] + ($0 < frozen.count ? frozen[$0] : 0) }
    }
    let main = plainCrossEntropy(z, labels, smoothing: smoothing) { _ in [0, 1, 2, 3] }
    let side = plainCrossEntropy(
      x.map { auxiliary($0) }, labels.map { max(0, $0 - 1) }, smoothing: smoothing
    ) { _ in [0, 1, 2] }
    let loss = try course.train().loss
    expectNear([Double(loss)], [main.value + 0.6 * side.value], "the loss")
  }
}
