import Datasets
import Foundation
import Learning
import Testing

/// A run that was read from a file and the data set that it is to learn from are held against each
/// other before any step, and so is what the run says it has measured.
struct DataFitTests {
  private static let counts = [3, 4, 2, 5, 3, 2]

  /// The first task is over, and some of its images are remembered.
  private func begun(_ strategy: String = "replay") throws -> FollowedRun {
    var course = try FollowedRun(strategy, ["memory": .integer(6)], counts: Self.counts)
    try course.endTask()
    try course.beginTask()
    #expect(course.run.misfit(with: course.data) == nil && course.run.hasPlausibleHistory)
    return course
  }

  // MARK: The data set

  @Test func classesOfTheTasksAreThere() throws {
    let fewer = FollowedRun.data(Self.counts.dropLast())
    #expect(
      try begun().run.misfit(with: fewer)
        == "there is a class in its tasks that the data set does not have")
  }

  @Test func imagesAreAsLargeAsTheNetworkWants() throws {
    let turned = FollowedRun.data(Self.counts, height: 3, width: 2)
    #expect(
      try begun().run.misfit(with: turned)
        == "its network takes other images than the data set has")
  }

  // MARK: The memory

  @Test func exemplarsAreImagesOfTheirClasses() throws {
    let message = "there is an exemplar that is not an image of its class"
    let others = FollowedRun.data([0, 9, 9, 9, 9, 9])
    #expect(try begun().run.misfit(with: others) == message)
    // An image of a class that has not been met.
    let course = try begun()
    let image = try #require(course.images(ofTask: 2).first)
    let label = course.data.train.labels[image]
    let forged = try course.run.forged("learner.memory.classes.0") { _ in
      ["label": label, "images": [image]]
    }
    #expect(forged.misfit(with: course.data) == message)
  }

  // MARK: The evaluation under way

  @Test(arguments: ["more heads", "fewer classes", "less than nothing", "more images"])
  func evaluationUnderWayIsOfTheImages(change: String) throws {
    let run = try evaluating()
    let forged =
      switch change {
      case "more heads":
        try run.forged("history.counted.tallies") {
          let tallies = try #require($0 as? [Any])
          return tallies + tallies
        }
      case "fewer classes":
        try run.forged("history.counted.tallies.0.rightInTask") {
          Array(try #require($0 as? [Any]).dropLast())
        }
      case "less than nothing":
        try run.forged("history.counted.tallies.0.confusion.0.0") { _ in -1 }
      default: try run.forged("history.counted.done") { _ in 401 }
      }
    #expect(
      forged.misfit(with: Self.manyTests) == "the evaluation under way is of other images")
  }

  @Test func nothingIsCountedWhileARunLearns() throws {
    let data = Self.manyTests
    var tallies = try counted(evaluating())
    tallies["done"] = 0
    var course = try FollowedRun("finetune", counts: Self.counts, data: data)
    try course.beginTask()
    let forged = try course.run.forged("history.counted") { _ in tallies }
    #expect(forged.misfit(with: data) == "the evaluation under way is of other images")
  }

  private static let manyTests = FollowedRun.data(counts, tests: 200)

  /// A run that has looked at some of the 400 test images of its first task.
  private func evaluating() throws -> Run {
    var run = try FollowedRun("finetune", counts: Self.counts, data: Self.manyTests).run
    while try counted(run)["done"] as? Int == 0, !run.isFinished {
      _ = run.step(Self.manyTests, on: FollowedRun.device)
    }
    #expect(try counted(run)["done"] as? Int == EvaluationCount.piece)
    #expect(run.misfit(with: Self.manyTests) == nil)
    return run
  }

  /// The evaluation under way as a file has it.
  private func counted(_ run: Run) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(run)) as? [String: Any]
    let history = try #require(json?["history"] as? [String: Any])
    return try #require(history["counted"] as? [String: Any])
  }

  // MARK: What was measured

  @Test func noHeadIsMeasuredTwice() throws {
    var course = try FollowedRun("icarl", ["memory": .integer(6)], counts: Self.counts)
    try course.evaluateTask()
    #expect(!course.run.history.others.isEmpty && course.run.hasPlausibleHistory)
    let forged = try course.run.forged("history.others") {
      let others = try #require($0 as? [Any])
      return others + others
    }
    #expect(!forged.hasPlausibleHistory)
  }

  @Test(arguments: ["history.evaluations", "history.ahead"])
  func noMoreTasksAreMeasuredThanThereAre(path: String) throws {
    var course = try FollowedRun(
      "finetune", scenario: .domainIncremental, counts: Self.counts)
    course.run.advance(course.data, on: FollowedRun.device)
    #expect(course.run.history.ahead.count == 2 && course.run.hasPlausibleHistory)
    let forged = try course.run.forged(path) {
      let all = try #require($0 as? [Any])
      return all + all.suffix(1)
    }
    #expect(!forged.hasPlausibleHistory)
  }

  @Test(arguments: ["correct", "count"])
  func countsOfAnEpochAreNoLessThanNothing(name: String) throws {
    let forged = try begun().run.forged("history.epoch.\(name)") { _ in -1 }
    #expect(!forged.hasPlausibleHistory)
  }
}
