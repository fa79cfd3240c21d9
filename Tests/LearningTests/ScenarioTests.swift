import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// The three scenarios of van de Ven and Tolias.
struct ScenarioTests {
  static let device = Device(threads: 1)

  private func finished(_ strategy: String, _ scenario: Scenario) throws -> Run {
    let data = try SmallSigns.data()
    let type = try #require(Strategies.named(strategy))
    var run = try Run(
      type,
      options: OptionValues(
        type.options, given: ["epochs": .integer(3), "batch": .integer(6)]),
      network: SmallSigns.network(), data: data,
      tasks: TaskSequence(tasks: SmallSigns.tasks.tasks, scenario: scenario), seed: 3)
    run.advance(data, on: Self.device)
    return run
  }

  @Test(arguments: [
    (Scenario.classIncremental, 6), (.taskIncremental, 6), (.domainIncremental, 2),
  ])
  func outputsAreThoseOfTheScenario(scenario: Scenario, outputs: Int) throws {
    #expect(try finished("finetune", scenario).network.architecture.outputs == outputs)
  }

  @Test(arguments: ["finetune", "lwf", "replay", "icarl", "ewc", "wa"])
  func toldTheTaskNothingIsTakenForAnotherTask(strategy: String) throws {
    let run = try finished(strategy, .taskIncremental)
    let last = try #require(run.history.evaluations.last)
    for (row, counts) in last.confusion.enumerated() {
      for (column, count) in counts.enumerated() where row / 2 != column / 2 {
        #expect(count == 0)
      }
    }
    #expect(last.taskMaskedAccuracy == last.accuracy)
  }

  @Test(arguments: ["finetune", "replay", "wa", "dark", "slda"])
  func nextTaskIsAnsweredBeforeItIsLearned(strategy: String) throws {
    let run = try finished(strategy, .domainIncremental)
    #expect(run.history.ahead.count == 2)
    #expect(run.forwardTransfer != nil)
    #expect(try finished(strategy, .classIncremental).forwardTransfer == nil)
  }

  /// Strategies that refuse a scenario, with the reason.
  static let refusals: [String: [Scenario: StrategyObjection]] = [
    "bic": [.taskIncremental: .needsClassScenario, .domainIncremental: .needsClassScenario],
    "der": [.taskIncremental: .needsClassScenario, .domainIncremental: .needsClassScenario],
    "icarl": [.domainIncremental: .needsOutputsOfItsOwn],
  ]

  /// The labels of later tasks are learned: with those of two classes swapped, the strategy answers
  /// otherwise by each of its heads. Or else it refuses before it starts.
  @Test(
    arguments: Strategies.all.map { $0.description.name },
    [Scenario.classIncremental, .taskIncremental, .domainIncremental])
  func labelsOfLaterTasksCount(strategy: String, scenario: Scenario) throws {
    let data = try SmallSigns.data()
    let (a, b) = (SmallSigns.tasks.tasks[1][0], SmallSigns.tasks.tasks[1][1])
    let swapped = DataSet(
      source: data.source, classNames: data.classNames,
      train: ImageSet(
        shape: data.train.shape, pixels: data.train.pixels,
        labels: data.train.labels.map { $0 == a ? b : $0 == b ? a : $0 }),
      test: data.test, transform: data.transform)
    let heads = strategy == "der-cnn" ? 2 : 1
    let type = try #require(Strategies.named(strategy))
    func scores(_ data: DataSet) throws -> [Tensor] {
      var run = try Run(
        type, options: OptionValues(type.options, given: ["epochs": .integer(2)]),
        network: SmallSigns.network(heads: heads), data: data,
        tasks: TaskSequence(
          tasks: Array(SmallSigns.tasks.tasks.prefix(2)), scenario: scenario), seed: 3)
      run.advance(data, on: Self.device)
      let images = data.batch(0..<8, of: .test, random: RandomStream(seed: 0)).images
      return run.scores(images, data, on: Self.device)
    }
    if let reason = Self.refusals[strategy]?[scenario] {
      #expect(throws: reason) { try scores(data) }
      return
    }
    for (own, other) in zip(try scores(data), try scores(swapped)) { #expect(own != other) }
  }

  /// With all tasks made one there is no task to be told, nor a domain.
  @Test(arguments: [Scenario.taskIncremental, .domainIncremental])
  func jointOnceIsOfOneTask(scenario: Scenario) throws {
    #expect(throws: StrategyObjection.needsClassScenario) {
      try FollowedRun("joint", ["once": .flag(true)], scenario: scenario)
    }
  }

  /// What is said of training judges as testing does: where the task is told, among its outputs.
  /// Outputs of classes to come, which `dark` has, never win.
  @Test(
    arguments: ["finetune", "lwf", "ewc", "dark"],
    [Scenario.classIncremental, .taskIncremental, .domainIncremental])
  func trainingIsJudgedAsTheScenarioJudges(strategy: String, scenario: Scenario) throws {
    var course = try FollowedRun(strategy, scenario: scenario)
    for task in 0..<3 {
      try course.beginTask()
      let before = PlainLinear(course.run.network)
      let isAlone = course.memory.isEmpty
      let report = try course.train()
      // Exemplars that join the batch would be judged too.
      guard isAlone else { break }
      let images = course.images(ofTask: task)
      let rivals: Range<Int> =
        switch scenario {
        case .classIncremental: 0..<2 * task + 2
        case .taskIncremental: 2 * task..<2 * task + 2
        case .domainIncremental: 0..<2
        }
      let right = zip(course.pixels(images), course.outputs(images)).count { x, label in
        let z = before(x)
        return rivals.max { z[$0] < z[$1] } == label
      }
      #expect(abs(report.accuracy - 100 * Double(right) / Double(images.count)) < 1e-9)
    }
  }

  /// Where all outputs compete, accuracy can only be lower than with the task told.
  @Test func maskedAccuracyIsAtLeastTheOther() throws {
    for evaluation in try finished("finetune", .classIncremental).history.evaluations {
      #expect(try #require(evaluation.taskMaskedAccuracy) >= #require(evaluation.accuracy))
    }
  }

  @Test func sizesAreTheTasks() throws {
    let sequence = try TaskSequence.groups(sizes: [5, 2, 1], classCount: 9)
    #expect(sequence.tasks == [[0, 1, 2, 3, 4], [5, 6], [7]])
    #expect(throws: TaskSequenceError.sizesExceed(sum: 10, available: 9)) {
      try TaskSequence.groups(sizes: [5, 5], classCount: 9)
    }
    #expect(throws: TaskSequenceError.unequalSizes([5, 2])) {
      try TaskSequence.groups(sizes: [5, 2], scenario: .domainIncremental, classCount: 9)
    }
  }
}
