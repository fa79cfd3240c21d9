import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Which images a memory keeps.
struct MemoryPolicyTests {
  /// First in, first out: the memory is always the last images that came and were not in it.
  @Test(arguments: [1, 3, 6]) func fifoLetsTheOldestGo(capacity: Int) throws {
    // The capacity has to hold an exemplar of every class.
    var course = try FollowedRun(
      "replay",
      [
        "policy": .choice("fifo"), "memory": .integer(capacity), "batch": .integer(1),
        "epochs": .integer(2), "replay": .integer(1),
      ], tasks: capacity == 1 ? [[2]] : capacity == 3 ? [[2], [0, 1]] : FollowedRun.tasks)
    var arrivals: [Int] = []
    var replaced = 0
    while !course.run.isFinished {
      let before = Set(course.memory)
      guard case .batchTrained = course.run.step(course.data, on: FollowedRun.device) else {
        continue
      }
      let added = Set(course.memory).subtracting(before)
      #expect(added.count <= 1)
      arrivals += added
      if arrivals.count > capacity { replaced += added.count }
      #expect(course.memory.sorted() == arrivals.suffix(capacity).sorted())
    }
    #expect(replaced > 0)
  }

  /// Drawn when the task is over: as many of each class, capacity / classes; an old class keeps the
  /// first of those that it had.
  @Test func randomKeepsAPrefixOfEachClass() throws {
    var course = try FollowedRun(
      "replay", ["policy": .choice("random"), "memory": .integer(13), "batch": .integer(4)])
    var before: [Int: [Int]] = [:]
    for task in 0..<3 {
      try course.endTask()
      let share = 13 / (2 * task + 2)
      let classes = course.run.learner.memory.classes
      #expect(classes.map(\.label) == course.run.tasks.classes(through: task))
      for exemplars in classes {
        let own = course.data.train.indices(of: [exemplars.label])
        #expect(exemplars.images.count == min(share, own.count))
        #expect(Set(exemplars.images).count == exemplars.images.count)
        #expect(Set(exemplars.images).isSubset(of: own))
        if let old = before[exemplars.label] {
          #expect(exemplars.images == Array(old.prefix(share)))
        }
      }
      before = Dictionary(uniqueKeysWithValues: classes.map { ($0.label, $0.images) })
    }
  }

  /// Another seed, another draw: the memory is no prefix of the data set.
  @Test func randomDependsOnTheSeed() throws {
    let drawn = try (0..<6).map { seed in
      var course = try FollowedRun(
        "replay", ["policy": .choice("random"), "memory": .integer(6)],
        counts: [30, 30, 30, 30, 30, 30], seed: seed)
      try course.endTask()
      return course.memory
    }
    #expect(Set(drawn).count == 6)
  }

  /// A class that has no exemplars any more has no mean, and never wins by it.
  @Test func classWithoutExemplarsHasNoMean() throws {
    var course = try FollowedRun(
      "replay", ["policy": .choice("fifo"), "memory": .integer(4), "replay": .integer(1)],
      tasks: [[2, 0], [1, 3]])
    try course.evaluateTask()
    try course.evaluateTask()
    // The last four of nine new images.
    let kept = Set(course.memory.map { course.data.train.labels[$0] })
    #expect(kept.isSubset(of: [1, 3]))
    let batch = course.data.batch(0..<12, of: .test, random: RandomStream(seed: 0)).images
    let scores = course.run.scores(batch, course.data, on: FollowedRun.device)
    #expect(course.run.heads == [.linear, .nearestMean])
    for image in 0..<12 {
      for (output, label) in [2, 0, 1, 3].enumerated() {
        let score = scores[1].elements[image * 4 + output]
        #expect(kept.contains(label) ? abs(score) <= 1.001 : score == -.infinity)
      }
    }
  }
}
