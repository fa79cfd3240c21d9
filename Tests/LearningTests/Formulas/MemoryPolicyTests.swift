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

  /// So many of each class from the beginning, whatever number of classes there is.
  @Test func everyClassHasAsManyExemplars() throws {
    var course = try FollowedRun(
      "replay", ["policy": .choice("random"), "per-class": .integer(3), "batch": .integer(4)])
    for task in 0..<3 {
      try course.endTask()
      for exemplars in course.run.learner.memory.classes {
        let own = course.data.train.indices(of: [exemplars.label])
        #expect(exemplars.images.count == min(3, own.count))
      }
      #expect(course.run.learner.memory.classes.count == 2 * task + 2)
    }
    #expect(throws: StrategyObjection.streamCountsNoClasses) {
      try FollowedRun("replay", ["policy": .choice("reservoir"), "per-class": .integer(3)])
    }
    #expect(throws: StrategyObjection.tooFewOfEachClass(1, least: 2)) {
      try FollowedRun("bic", ["per-class": .integer(1)])
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

  static let draws: [(strategy: String, given: [String: OptionValue], heads: Int)] = [
    ("replay", ["policy": .choice("random"), "memory": .integer(40)], 1),
    ("rehearsal-kd", ["memory": .integer(40)], 1), ("der-cnn", ["per-class": .integer(10)], 2),
  ]

  /// Each class has a draw of its own: not the images at the same places as those of another.
  @Test(arguments: draws.indices) func classesAreDrawnApart(index: Int) throws {
    let (strategy, given, heads) = Self.draws[index]
    var course = try FollowedRun(
      strategy, given, tasks: [[0, 1, 2, 3]], counts: [20, 20, 20, 20], heads: heads)
    try course.endTask()
    let places = course.run.learner.memory.classes.map { exemplars in
      let own = course.data.train.indices(of: [exemplars.label])
      return exemplars.images.map { own.firstIndex(of: $0) ?? -1 }
    }
    #expect(places.map(\.count) == [10, 10, 10, 10])
    #expect(Set(places).count == 4)
  }

  /// What is drawn goes by an exemplar's place in the memory, not by its number.
  @Test func drawGoesByPlaces() {
    func drawn(_ images: [[Int]]) -> [Int] {
      var memory = Memory()
      for (label, images) in images.enumerated() { memory.set(images, of: label) }
      return memory.sample(4, random: RandomStream(seed: 6))
    }
    let rising = drawn([[1, 2, 3], [4, 5], [6, 7]])
    #expect(Set(rising).count == 4 && Set(rising).isSubset(of: 1...7))
    #expect(drawn([[7, 6, 5], [4, 3], [2, 1]]) == rising.map { 8 - $0 })
  }

  /// Herding looks at all images of a class, also at more than are computed at a time, and at none of
  /// a transform's random parts. The features of a linear layer are the pixels.
  @Test func herdingLooksAtPlainImages() throws {
    var data = FollowedRun.data([300, 40])
    data.transform.horizontalFlip = true
    var course = try FollowedRun(
      "replay", ["policy": .choice("herding"), "memory": .integer(12)], tasks: [[0, 1]],
      data: data)
    try course.endTask()
    let memory = course.run.learner.memory.classes
    #expect(memory.map(\.label) == [0, 1])
    for exemplars in memory {
      let own = data.train.indices(of: [exemplars.label])
      let rows = course.pixels(own).flatMap { x in
        let length = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return x.map { Float($0 / length) }
      }
      let order = herding(Tensor([own.count, 6], rows), count: 6)
      #expect(exemplars.images == order.map { own[$0] })
    }
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
    #expect(course.run.classifiers == [.linear, .nearestMean])
    for image in 0..<12 {
      for (output, label) in [2, 0, 1, 3].enumerated() {
        let score = scores[1].elements[image * 4 + output]
        #expect(kept.contains(label) ? abs(score) <= 1.001 : score == -.infinity)
      }
    }
  }
}
