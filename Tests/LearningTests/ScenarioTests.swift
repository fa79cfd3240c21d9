import Datasets
import Learning
import Metrics
import Networks
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
        type.description.options, given: ["epochs": .integer(3), "batch": .integer(6)]),
      network: SmallSigns.network(), data: data,
      tasks: TaskSequence(tasks: SmallSigns.tasks.tasks, scenario: scenario), seed: 3)
    run.advance(data, on: Self.device) { _ in false }
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

  @Test(arguments: ["finetune", "replay", "icarl", "slda"])
  func nextTaskIsAnsweredBeforeItIsLearned(strategy: String) throws {
    let run = try finished(strategy, .domainIncremental)
    #expect(run.history.ahead.count == 2)
    #expect(run.forwardTransfer != nil)
    #expect(try finished(strategy, .classIncremental).forwardTransfer == nil)
  }

  /// Where all outputs compete, accuracy can only be lower than with the task told.
  @Test func maskedAccuracyIsAtLeastTheOther() throws {
    for evaluation in try finished("finetune", .classIncremental).history.evaluations {
      #expect(try #require(evaluation.taskMaskedAccuracy) >= evaluation.accuracy)
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
