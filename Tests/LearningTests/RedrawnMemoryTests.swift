import Datasets
import Learning
import Testing

/// What old classes' exemplars are drawn from in the notebook's strategies.
struct RedrawnMemoryTests {
  static let strategies: [(name: String, given: [String: OptionValue], heads: Int)] = [
    ("rehearsal-kd", ["memory": .integer(12)], 1), ("der-cnn", ["per-class": .integer(4)], 2),
  ]

  private func memories(
    _ index: Int, from source: String, seed: Int = 3
  ) throws -> [[Int: [Int]]] {
    let (name, given, heads) = Self.strategies[index]
    var course = try FollowedRun(
      name, given.merging(["memory-from": .choice(source)]) { $1 },
      counts: [12, 13, 12, 14, 12, 13], heads: heads, seed: seed)
    return try (0..<3).map { task in
      try course.endTask()
      // The first task's were never drawn before.
      #expect(course.run.kept?.isRedrawn == (source == "all" && task > 0))
      return Dictionary(
        uniqueKeysWithValues: course.run.learner.memory.classes.map { ($0.label, $0.images) })
    }
  }

  /// The first of what was kept, as many as the share; of new classes the same draw as else.
  @Test(arguments: strategies.indices) func keptExemplarsAreTheFirst(index: Int) throws {
    let (all, kept) = (
      try memories(index, from: "all"), try memories(index, from: "kept")
    )
    for task in 0..<3 {
      #expect(all[task].mapValues(\.count) == kept[task].mapValues(\.count))
      for label in FollowedRun.tasks[task] { #expect(all[task][label] == kept[task][label]) }
      guard task > 0 else { continue }
      for (label, before) in kept[task - 1] {
        let now = try #require(kept[task][label])
        #expect(now == Array(before.prefix(now.count)), "class \(label)")
      }
    }
  }

  /// As in the notebook: exemplars of old classes that were not in the memory before.
  @Test(arguments: strategies.indices) func elseOldExemplarsAreDrawnFromAllImages(index: Int) throws
  {
    let all = try memories(index, from: "all")
    for task in 1..<3 {
      let news = all[task - 1].reduce(0) { sum, old in
        sum + Set(all[task][old.key] ?? []).subtracting(old.value).count
      }
      #expect(news > 0)
    }
  }

  /// Any image of a class is as likely to stay as any other.
  @Test func subsetIsAFairDraw() throws {
    var kept = [Int](repeating: 0, count: 12)
    let own = FollowedRun.data([12, 13, 12, 14, 12, 13]).train.indices(of: [2])
    for seed in 0..<400 {
      for image in try memories(0, from: "kept", seed: seed)[2][2] ?? [] {
        kept[try #require(own.firstIndex(of: image))] += 1
      }
    }
    // Two of twelve: 66.7 expected, σ = 7.5.
    #expect(kept.reduce(0, +) == 800)
    for count in kept { #expect(abs(count - 67) < 32) }
  }

  @Test func strategiesThatKeepWhatTheyHaveSaySo() throws {
    var course = try FollowedRun("replay", ["memory": .integer(12)])
    course.run.advance(course.data, on: FollowedRun.device)
    #expect(course.run.kept?.isRedrawn == false)
  }
}
