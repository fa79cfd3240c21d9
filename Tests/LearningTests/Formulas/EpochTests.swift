import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// What an epoch is: every image once, in an order of its own; and what is measured of it.
struct EpochTests {
  /// With batches of one the image of each step is told by the step that it makes.
  @Test func everyEpochTakesEveryImageOnce() throws {
    var course = try FollowedRun("finetune", ["batch": .integer(1), "epochs": .integer(4)])
    var orders: [[Int]] = []
    for task in 0..<2 {
      try course.beginTask()
      let images = course.images(ofTask: task)
      for _ in 0..<4 {
        var order: [Int] = []
        for _ in images {
          let matches = try course.trained(amongst: images.map { [$0] }) { [course] in
            course.crossEntropy($0, $1)
          }
          #expect(matches.count == 1)
          order += matches.first ?? []
        }
        #expect(order.sorted() == images)
        orders.append(order)
      }
    }
    #expect(Set(orders).count == orders.count, "two epochs have one order")
  }

  /// The order follows from the seed, the task, the stage and the epoch alone, so that a seed gives the
  /// same run in every version of the program.
  @Test func orderIsThatOfItsStream() throws {
    var course = try FollowedRun("finetune", ["batch": .integer(1), "epochs": .integer(2)])
    for task in 0..<2 {
      try course.beginTask()
      let images = course.images(ofTask: task)
      for epoch in 0..<2 {
        var order = images
        var random = RandomStream(seed: 3).stream("order").stream(task).stream(0).stream(epoch)
        random.shuffle(&order)
        for image in order {
          let matches = try course.trained(amongst: [[image]]) { [course] in
            course.crossEntropy($0, $1)
          }
          #expect(matches.count == 1, "task \(task), epoch \(epoch), image \(image)")
        }
      }
    }
  }

  /// A second stage has streams of its own.
  @Test func secondStageHasItsOwnOrder() throws {
    var course = try FollowedRun(
      "der-cnn",
      [
        "per-class": .integer(3), "epochs": .integer(1), "batch": .integer(1),
        "auxiliary": .real(0), "distillation": .real(0),
      ], heads: 2)
    try course.endTask()
    var order = course.memory
    var random = RandomStream(seed: 3).stream("order").stream(1).stream(1).stream(0)
    random.shuffle(&order)
    try course.beginTask()
    for _ in course.images(ofTask: 1) { _ = try course.train() }
    for image in order {
      let matches = try course.trained(amongst: [[image]]) { [course] in
        course.crossEntropy($0, $1)
      }
      #expect(matches.count == 1)
    }
  }

  /// All images are one, and the weights hardly move: losses differ by what is random in an image alone,
  /// which is drawn anew for every batch, epoch and task.
  @Test func imagesAreTransformedAnewInEveryBatch() throws {
    var data = FollowedRun.uniformData([4, 4, 4, 4])
    data.transform.brightness = 0.3
    var course = try FollowedRun(
      "finetune", ["batch": .integer(1), "epochs": .integer(2), "lr": .real(1e-8)],
      tasks: [[0, 1], [2, 3]], scenario: .domainIncremental, data: data)
    #expect(try losses(of: &course).count == 32)
  }

  /// The same for what a network drops.
  @Test func networksDropAnewInEveryBatch() throws {
    var course = try FollowedRun(
      "finetune", ["batch": .integer(1), "epochs": .integer(2), "lr": .real(1e-8)],
      tasks: [[0, 1], [2, 3]], scenario: .domainIncremental,
      layers: [.flatten, .dense(name: "fc1", outputs: 40), .dropout(rate: 0.5)],
      data: FollowedRun.uniformData([4, 4, 4, 4]))
    #expect(try losses(of: &course).count == 32)
  }

  /// The different losses of all steps.
  private func losses(of course: inout FollowedRun) throws -> Set<Float> {
    for _ in 0..<2 { try course.endTask() }
    // What the weights move in 32 steps changes a loss by less.
    return Set(course.run.history.losses.elements.map { ($0 * 1e5).rounded() })
  }

  /// Loss and accuracy are means over the epoch's images so far, each batch judged before its step;
  /// the next epoch begins anew.
  @Test func figuresAreMeansOverTheEpoch() throws {
    var course = try FollowedRun("finetune", ["batch": .integer(4), "epochs": .integer(3)])
    for task in 0..<2 {
      try course.beginTask()
      let images = course.images(ofTask: task)
      for epoch in 0..<3 {
        var (loss, correct, count) = (0.0, 0, 0)
        while count < images.count {
          let before = PlainLinear(course.run.network)
          let size = min(4, images.count - count)
          let matches = try course.trained(amongst: images.choices(of: size)) { [course] in
            course.crossEntropy($0, $1)
          }
          #expect(matches.count == 1)
          let chosen = try #require(matches.first)
          let z = course.pixels(chosen).map { before($0) }
          loss += Double(size) * course.crossEntropy(chosen, z).value
          correct += zip(z, course.outputs(chosen)).count { z, label in
            z.indices.allSatisfy { z[$0] <= z[label] }
          }
          count += size
          let report = try #require(course.last)
          expectNear([Double(report.meanLoss)], [loss / Double(count)], "the mean loss so far")
          #expect(abs(report.accuracy - 100 * Double(correct) / Double(count)) < 1e-9)
        }
        let record = try course.advance {
          if case .epochEnded(let record) = $0 { record } else { nil }
        }
        #expect(record == course.run.history.epochs.last)
        #expect((record.task, record.epoch) == (task, epoch))
        #expect(record.batches == (images.count + 3) / 4)
        expectNear([record.loss], [loss / Double(images.count)], "the epoch's loss")
        #expect(abs(record.accuracy - 100 * Double(correct) / Double(images.count)) < 1e-9)
      }
    }
  }
}
