import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// How weights follow their gradients, and how the rate goes.
struct UpdateFormulaTests {
  private func slope(_ course: FollowedRun, _ images: [Int]) -> [Double] {
    let (layer, x) = (PlainLinear(course.run.network), course.pixels(images))
    return layer.gradient(x, course.crossEntropy(images, x.map { layer($0) }).slopes)
  }

  /// v ← m·v + g + d·θ, θ ← θ − r·v; every task begins with v = 0.
  @Test func gradientDescentHasMomentumAndDecay() throws {
    let (rate, momentum, decay) = (0.2, 0.8, 0.05)
    var course = try FollowedRun(
      "finetune",
      [
        "lr": .real(rate), "momentum": .real(momentum), "weight-decay": .real(decay),
        "epochs": .integer(4),
      ])
    for task in 0..<2 {
      try course.beginTask()
      var velocity = course.weights.map { _ in 0.0 }
      for step in 0..<4 {
        let (before, slope) = (course.weights, slope(course, course.images(ofTask: task)))
        for j in velocity.indices {
          velocity[j] = momentum * velocity[j] + slope[j] + decay * before[j]
        }
        _ = try course.train()
        expectNear(
          course.weights, zip(before, velocity).map { $0 - rate * $1 },
          "the weights of task \(task), step \(step)")
      }
    }
  }

  /// Kingma and Ba 2015, algorithm 1; AdamW: θ ← (1 − r·d)·θ before each step (Loshchilov and Hutter
  /// 2019, algorithm 2). Every task begins anew.
  @Test(arguments: ["adam", "adamw"]) func adamIsTheAlgorithm(method: String) throws {
    let (rate, decay) = (0.05, method == "adam" ? 0 : 0.3)
    var course = try FollowedRun(
      "finetune",
      [
        "optimizer": .choice(method), "lr": .real(rate), "weight-decay": .real(0.3),
        "epochs": .integer(4),
      ])
    for task in 0..<2 {
      try course.beginTask()
      var (first, second) = (course.weights.map { _ in 0.0 }, course.weights.map { _ in 0.0 })
      for step in 1...4 {
        var expected = course.weights
        let slope = slope(course, course.images(ofTask: task))
        for j in expected.indices {
          first[j] = 0.9 * first[j] + 0.1 * slope[j]
          second[j] = 0.999 * second[j] + 0.001 * slope[j] * slope[j]
          let mean = first[j] / (1 - pow(0.9, Double(step)))
          let square = second[j] / (1 - pow(0.999, Double(step)))
          expected[j] =
            (1 - rate * decay) * expected[j] - rate * mean / (square.squareRoot() + 1e-8)
        }
        _ = try course.train()
        expectNear(
          course.weights, expected, tolerance: 1e-4, "the weights of task \(task), step \(step)")
      }
    }
  }

  /// Where a file has no moments, the next step is the first of Adam from rest: each weight moves by
  /// the rate, against its slope.
  @Test func missingMomentsBeginAnew() throws {
    let rate = 0.05
    var course = try FollowedRun(
      "finetune",
      ["optimizer": .choice("adam"), "lr": .real(rate), "epochs": .integer(3)])
    try course.beginTask()
    _ = try course.train()
    course.run = try course.run.forged("learner.optimizer.first") { _ in
      ["shape": [0], "elements": [Int]()]
    }
    let (before, slope) = (course.weights, slope(course, course.images(ofTask: 0)))
    _ = try course.train()
    expectNear(
      course.weights, zip(before, slope).map { $0 - rate * $1 / (abs($1) + 1e-8) },
      tolerance: 1e-4, "the weights")
  }

  /// The rate is multiplied by the factor after every two epochs, and each task begins with the first.
  @Test func rateFallsInSteps() throws {
    var course = try FollowedRun(
      "finetune",
      ["lr-step": .integer(2), "lr-factor": .real(0.3), "epochs": .integer(5)])
    for task in 0..<2 {
      try course.beginTask()
      let images = course.images(ofTask: task)
      for rate in [0.5, 0.5, 0.15, 0.15, 0.045] {
        try course.expectStep(images, rate: rate) { [course] in
          course.crossEntropy(images, $0)
        }
      }
    }
  }

  /// Up from 1/25 of the peak to it in the first three tenths of the task's steps, then down to
  /// 4·10⁻⁶ of it, along cosines (Smith and Topin 2018; PyTorch's figures).
  @Test func rateGoesUpAndDownOnce() throws {
    let (peak, steps) = (0.5, 10)
    var course = try FollowedRun(
      "finetune",
      [
        "schedule": .choice("one-cycle"), "epochs": .integer(5), "batch": .integer(5),
        "lr": .real(peak),
      ])
    let images = course.images(ofTask: 1)
    try course.endTask()
    try course.beginTask()
    for step in 0..<steps {
      let top = 0.3 * Double(steps) - 1
      let (from, to, share) =
        Double(step) <= top
        ? (1.0 / 25, 1.0, Double(step) / top)
        : (1.0, 4e-6, (Double(step) - top) / (Double(steps) - 1 - top))
      let rate = peak * (to + (from - to) * (1 + cos(.pi * share)) / 2)
      let size = step % 2 == 0 ? 5 : images.count - 5
      let matches = try course.trained(amongst: images.choices(of: size), rate: rate) {
        [course] in
        course.crossEntropy($0, $1)
      }
      // The last step is too small to tell images apart.
      #expect(step == steps - 1 ? !matches.isEmpty : matches.count == 1, "step \(step)")
    }
  }
}
