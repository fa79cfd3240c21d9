import Datasets
import Foundation
import Learning
import Testing

/// `bic`: how training is judged, and what is held out.
struct BiasCorrectionTests {
  /// z ← a·z + b for the outputs of each task.
  private func corrected(_ z: [[Double]], _ numbers: [(a: Double, b: Double)]) -> [[Double]] {
    z.map { row in
      row.indices.map { output in
        output / 2 < numbers.count
          ? numbers[output / 2].a * row[output] + numbers[output / 2].b : row[output]
      }
    }
  }

  private func state(of run: Run) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(run))
    let strategy = (json as? [String: Any])?["strategy"] as? [String: Any]
    return try #require(strategy?["state"] as? [String: Any])
  }

  private func corrections(of run: Run) throws -> [(a: Double, b: Double)] {
    let list = try #require(try state(of: run)["corrections"] as? [[String: Any]])
    return try list.map {
      (
        try #require($0["factor"] as? NSNumber).doubleValue,
        try #require($0["offset"] as? NSNumber).doubleValue
      )
    }
  }

  private func heldOut(of run: Run) throws -> [Int] {
    try #require(try state(of: run)["heldOut"] as? [Int])
  }

  /// Training is judged by the corrected logits, as testing is.
  @Test func biasCorrectionIsJudgedCorrected() throws {
    var course = try FollowedRun(
      "bic", ["memory": .integer(18), "epochs": .integer(30)], counts: [5, 6, 4, 7, 5, 6])
    var differ = 0
    for task in 0..<3 {
      try course.beginTask()
      let held = Set(try heldOut(of: course.run))
      let images = (course.images(ofTask: task) + course.memory).filter { !held.contains($0) }
      let labels = course.outputs(images)
      let numbers = try corrections(of: course.run)
      for _ in 0..<30 {
        let before = PlainLinear(course.run.network)
        let z = course.pixels(images).map { before($0) }
        let report = try course.train()
        func right(_ z: [[Double]]) -> Int {
          zip(z, labels).count { row, label in row.indices.max { row[$0] < row[$1] } == label }
        }
        let expected = right(corrected(z, numbers))
        if expected != right(z) { differ += 1 }
        #expect(abs(report.accuracy - 100 * Double(expected) / Double(images.count)) < 1e-9)
      }
      try course.endTask()
    }
    #expect(differ > 0)
  }

  /// The only image of a class is never held out: classes 2 and 4 have one, 5 has two.
  @Test func onlyImageOfAClassIsTrainedOn() throws {
    var course = try FollowedRun(
      "bic", ["memory": .integer(60), "hold-out": .real(0.5)], tasks: [[2, 0], [1, 4], [3, 5]],
      counts: [6, 5, 1, 7, 1, 2])
    for task in 0..<3 {
      try course.beginTask()
      let held = try heldOut(of: course.run)
      let trained = Set(course.images(ofTask: task) + course.memory).subtracting(held)
      for label in course.run.tasks.classes(through: task) {
        let own = course.data.train.indices(of: [label])
        #expect(!trained.isDisjoint(with: own), "class \(label)")
        let kept = held.filter(own.contains).count
        #expect(kept == (task == 0 || own.count == 1 ? 0 : 1), "class \(label)")
      }
      try course.endTask()
    }
  }

  /// Half of the fewest exemplars of a class are held out of each: the last of an old class.
  @Test func shareOfEachClassIsHeldOut() throws {
    var course = try FollowedRun(
      "bic", ["memory": .integer(60), "hold-out": .real(0.5)], tasks: [[0, 1], [2, 3]],
      counts: [8, 9, 10, 3])
    try course.endTask()
    let old = course.run.learner.memory.classes
    #expect(old.map(\.images.count) == [8, 9])
    try course.beginTask()
    let held = Set(try heldOut(of: course.run))
    for exemplars in old {
      #expect(held.intersection(exemplars.images) == Set(exemplars.images.suffix(4)))
    }
    #expect(held.intersection(course.data.train.indices(of: [2])).count == 4)
    // Never all.
    #expect(held.intersection(course.data.train.indices(of: [3])).count == 2)
    #expect(held.count == 14)
  }

  /// With nothing to be held out of the new classes there is nothing to correct by.
  @Test func nothingIsCorrectedWithoutImagesOfBothKinds() throws {
    var course = try FollowedRun(
      "bic", ["memory": .integer(60)], tasks: [[0, 1], [2, 3], [4, 5]],
      counts: [6, 5, 1, 1, 4, 5])
    try course.endTask()
    try course.endTask()
    let second = try corrections(of: course.run)
    #expect(second.count == 2 && second[1] == (1, 0))
    try course.endTask()
    #expect(try corrections(of: course.run)[2] != (1, 0))
  }
}
