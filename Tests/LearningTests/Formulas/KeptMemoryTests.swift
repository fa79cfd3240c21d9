import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// What strategies carry from task to task besides the network, counted by hand: at the end there are
/// 6 outputs of 6 pixels, so 42 weights of 4 bytes.
struct KeptMemoryTests {
  private func finished(
    _ strategy: String, _ given: [String: OptionValue] = [:], heads: Int = 1,
    layers: [Layer] = [.flatten]
  ) throws -> FollowedRun {
    var course = try FollowedRun(strategy, given, heads: heads, layers: layers)
    for _ in 0..<3 { try course.endTask() }
    return course
  }

  @Test(
    arguments: [
      ("finetune", 0), ("lwf", 0),
      // An importance and a place for every weight.
      ("ewc", 2 * 42 * 4), ("si", 2 * 42 * 4), ("mas", 2 * 42 * 4),
    ])
  func importancesAreCounted(strategy: String, bytes: Int) throws {
    let kept = try #require(finished(strategy).run.kept)
    #expect(kept.exemplars == 0 && kept.otherBytes == bytes && kept.bytes == bytes)
    #expect(kept.inExemplars == Double(bytes) / 3072)
  }

  /// A grey image of 2 × 3 pixels is 6 bytes; BiC keeps two numbers a task, DER++ six logits of every
  /// exemplar.
  @Test(
    arguments: [("rehearsal-kd", 0), ("replay", 0), ("icarl", 0), ("wa", 0), ("er-ace", 0)]
      + [("a-gem", 0), ("gem", 0), ("gdumb", 0), ("bic", 3 * 8), ("dark", 12 * 6 * 4)])
  func exemplarsAreCounted(strategy: String, bytes: Int) throws {
    let course = try finished(strategy, ["memory": .integer(12)])
    let kept = try #require(course.run.kept)
    #expect(kept.exemplars == course.memory.count)
    #expect(kept.imageBytes == 6 && kept.otherBytes == bytes)
    #expect(kept.bytes == 6 * course.memory.count + bytes)
    if strategy == "dark" { #expect(course.memory.count == 12) }
  }

  /// Two frozen bodies of 6·3 + 3 weights, and what the head makes of their 6 features.
  @Test func backbonesAreCounted() throws {
    let course = try finished(
      "der", ["memory": .integer(12), "second-epochs": .integer(1)],
      layers: [.flatten, .dense(name: "fc1", outputs: 3)])
    #expect(course.run.backbones.count == 3)
    #expect(try #require(course.run.kept).otherBytes == 4 * (2 * 21 + 6 * 6 + 6))
  }

  /// Of 6 features: 36 sums of products, 6 sums or means a class, and the classifier of SLDA.
  @Test func sumsAreCounted() throws {
    let analytic = try #require(finished("analytic", ["hog": .flag(false)]).run.kept)
    #expect(analytic.bytes == 8 * (36 + 6 * 6))
    let gaussian = try #require(finished("slda").run.kept)
    #expect(gaussian.bytes == 8 * (36 + 6 * 6) + 4 * (6 * 6 + 6))
  }

  @Test func jointKeepsEverything() throws { #expect(try finished("joint").run.kept == nil) }
}

/// How much memory a strategy has to have.
struct SmallestMemoryTests {
  /// An exemplar of each of six classes; BiC, which holds one out, needs two.
  @Test(
    arguments: [
      "replay", "icarl", "wa", "er-ace", "dark", "a-gem", "gem", "gdumb", "rehearsal-kd", "der",
    ]
    .map { ($0, 6) } + [("bic", 12)])
  func memoryHoldsEveryClass(strategy: String, least: Int) throws {
    _ = try FollowedRun(strategy, ["memory": .integer(least)])
    #expect(
      throws: StrategyObjection.memoryTooSmall(
        least - 1, classes: 6, perClass: least / 6)
    ) { try FollowedRun(strategy, ["memory": .integer(least - 1)]) }
  }
}
