import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// GDumb (Prabhu, Torr and Dokania 2020): the greedy balancing sampler of algorithm 1, and training on
/// the memory alone.
struct GDumbFormulaTests {
  /// An image is taken in if its class has less than capacity / classes; if the memory is full, a
  /// random one of the largest class (the first of equals) gives way. One class more than there are
  /// places finds none.
  @Test(arguments: [1, 2, 3, 7, 10, 23], [UInt64(1), 2, 3])
  func memoryIsThatOfTheSampler(capacity: Int, seed: UInt64) {
    var random = RandomStream(seed: seed)
    let labels = (0..<80).map { image in random.index(below: min(capacity + 1, 1 + image / 12)) }
    var draws = RandomStream(seed: seed + 100)
    var memory = Memory()
    var (plain, plainDraws) = ([(label: Int, images: [Int])](), draws)
    var replaced = 0
    for (image, label) in labels.enumerated() {
      memory.takeGreedily(image, of: label, capacity: capacity, random: &draws)

      let known = plain.contains { $0.label == label }
      let share = capacity / (plain.count + (known ? 0 : 1))
      let own = plain.first { $0.label == label }?.images.count ?? 0
      if own < share {
        if plain.reduce(0, { $0 + $1.images.count }) >= capacity {
          var largest = 0
          for place in plain.indices where plain[place].images.count > plain[largest].images.count {
            largest = place
          }
          plain[largest].images.remove(
            at: plainDraws.index(below: plain[largest].images.count))
          replaced += 1
        }
        if let place = plain.firstIndex(where: { $0.label == label }) {
          plain[place].images.append(image)
        } else {
          plain.append((label, [image]))
        }
      }
      #expect(memory.classes.map(\.label) == plain.map(\.label), "image \(image)")
      #expect(memory.classes.map(\.images) == plain.map(\.images), "image \(image)")
    }
    #expect(capacity == 1 || replaced > 0)
  }

  /// The images of a task come in random order. Of a single class the first are kept.
  @Test func streamIsInRandomOrder() throws {
    let kept = try (0..<6).map { seed in
      var course = try FollowedRun(
        "gdumb", ["memory": .integer(5), "epochs": .integer(1)], tasks: [[0]], counts: [30],
        seed: seed)
      try course.endTask()
      return course.memory
    }
    #expect(kept.allSatisfy { Set($0).count == 5 } && Set(kept).count == 6)
  }

  @Test func stepIsCrossEntropyOfTheMemoryAlone() throws {
    var course = try FollowedRun("gdumb", ["memory": .integer(8), "epochs": .integer(2)])
    for task in 0..<3 {
      // The memory is filled before anything is learned.
      try course.advance {
        if case .imagesSurveyed(_, let done, let all) = $0, done == all { () } else { nil }
      }
      let images = course.memory
      #expect((5...8).contains(images.count))
      for _ in 0..<2 {
        try course.expectStep(images) { [course] in course.crossEntropy(images, $0) }
      }
      try course.endTask()
      #expect(course.run.network.architecture.outputs == 2 * task + 2)
    }
  }

  /// With a memory that holds everything, it learns from all images so far.
  @Test func largeMemoryHoldsEverything() throws {
    var course = try FollowedRun("gdumb", ["memory": .integer(1000)])
    for task in 0..<3 {
      try course.advance {
        if case .imagesSurveyed(_, let done, let all) = $0, done == all { () } else { nil }
      }
      let all = (0...task).flatMap { course.images(ofTask: $0) }
      #expect(course.memory.sorted() == all.sorted())
      try course.endTask()
    }
  }

  /// CutMix (Yun et al. 2019): a box of each image shows another one, and both labels count, by their
  /// areas. Two images of 4 × 4 pixels: each shows the other, or both show themselves.
  @Test func mixedImagesCountByArea() throws {
    var course = try FollowedRun(
      "gdumb", ["memory": .integer(2), "cutmix": .real(1), "epochs": .integer(30)],
      tasks: [[0, 1]], data: FollowedRun.data([1, 1], height: 4, width: 4))
    try course.advance { if case .imagesSurveyed = $0 { () } else { nil } }
    let (images, labels) = (course.pixels([0, 1]), course.outputs([0, 1]))
    #expect(labels == [0, 1])
    let parts = (0..<4).flatMap { first in (first + 1...4).map { first..<$0 } }
    let boxes = parts.flatMap { rows in parts.map { columns in (rows, columns) } }
    var areas: Set<Int> = []
    for step in 0..<30 {
      let before = PlainLinear(course.run.network)
      let report = try course.train()
      func isStep(_ area: Int, _ shows: (_ pixel: Int) -> Bool) -> Bool {
        let x = [0, 1].map { image in
          (0..<16).map { images[shows($0) ? 1 - image : image][$0] }
        }
        let (z, share) = (x.map { before($0) }, 1 - Double(area) / 16)
        let loss =
          share * course.crossEntropy([0, 1], z)
          + (1 - share) * course.crossEntropy([1, 0], z)
        let after = before.stepped(
          along: before.gradient(x, loss.slopes), rate: FollowedRun.rate)
        return deviation(course.weights, from: after.weights) == nil
          && abs(Double(report.loss) - loss.value) < 1e-5
      }
      if isStep(0, { _ in false }) { continue }
      let matches = boxes.filter { rows, columns in
        isStep(rows.count * columns.count) {
          rows.contains($0 / 4) && columns.contains($0 % 4)
        }
      }
      #expect(matches.count == 1, "step \(step)")
      areas.formUnion(matches.map { $0.0.count * $0.1.count })
    }
    #expect(areas.count > 1)
  }
}
