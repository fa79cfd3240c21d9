import Datasets
import Learning
import Networks
import Tensors
import TestSupport
import Testing

/// Training steps a task, in place of epochs.
struct IterationTests {
  static let strategies = Set(SmallSigns.courses.map(\.strategy)).sorted()

  private func run(
    _ strategy: String, _ data: DataSet, steps: Int, _ given: [String: OptionValue] = [:]
  ) throws -> Run {
    let course = try #require(SmallSigns.courses.first { $0.strategy == strategy })
    let more = given.merging(["steps": .integer(steps)]) { $1 }
    return try SmallSigns.Course(
      strategy: strategy, given: course.given.merging(more) { $1 }, heads: course.heads
    ).run(on: data)
  }

  /// As many as were asked for, whatever a task has in images; their epochs are whole but for the last.
  @Test(arguments: strategies, [1, 7]) func everyTaskHasAsManySteps(strategy: String, steps: Int)
    throws
  {
    let data = try SmallSigns.data()
    var run = try run(strategy, data, steps: steps)
    var counts = [Int](repeating: 0, count: SmallSigns.tasks.count)
    run.advance(data, on: FollowedRun.device) { event, _ in
      if case .batchTrained(let report) = event, report.purpose == .learn {
        counts[report.position.task] += 1
        #expect(report.position.batch < report.batches && report.position.epoch < report.epochs)
      }
      return true
    }
    // 'slda' trains in the first task alone.
    #expect(counts == (strategy == "slda" ? [steps, 0, 0] : counts.map { _ in steps }))
    let records = run.history.epochs.filter { $0.purpose == .learn && $0.task == 0 }
    #expect(records.map(\.batches).reduce(0, +) == steps)
  }

  /// Steps that fill whole epochs are those epochs, to the bit; also where the rate depends on how many
  /// there are.
  @Test(arguments: strategies, ["step", "one-cycle"])
  func stepsOfWholeEpochsAreTheseEpochs(strategy: String, schedule: String) throws {
    let data = try SmallSigns.data()
    let given: [String: OptionValue] = ["schedule": .choice(schedule)]
    var epochs = try run(strategy, data, steps: 0, given)
    epochs.advance(data, on: FollowedRun.device, to: .task(1))
    func batches(ofTask task: Int) -> Int {
      epochs.history.epochs.filter { $0.purpose == .learn && $0.task == task }
        .reduce(0) { $0 + $1.batches }
    }
    // The second task has a memory, a teacher and a stage that balances; where these make it longer or
    // shorter than the first, that one is looked at alone.
    let count = batches(ofTask: 0)
    let goal = count == batches(ofTask: 1) ? 1 : 0
    if goal == 0 {
      epochs = try run(strategy, data, steps: 0, given)
      epochs.advance(data, on: FollowedRun.device, to: .task(0))
    }
    var steps = try run(strategy, data, steps: count, given)
    steps.advance(data, on: FollowedRun.device, to: .task(goal))
    #expect(steps.history.losses.elements == epochs.history.losses.elements)
    #expect(steps.network.weights == epochs.network.weights)
    #expect(steps.learner.memory.images == epochs.learner.memory.images)
  }

  /// The rate of one cycle is at its end in the last step, though the last epoch is cut short.
  @Test func cycleEndsWithTheSteps() throws {
    let schedule = Schedule.oneCycle(OneCycleSchedule(peak: 1))
    let last = Moment(epoch: 2, of: 3, step: 1, of: 4, inAll: 10)
    #expect(schedule.rate(at: last) == schedule.rate(at: Moment(epoch: 0, of: 1, step: 9, of: 10)))
    #expect(schedule.rate(at: last) < 1e-5)
  }

  /// A memory that follows the stream sees every image once, in the last whole epoch.
  @Test(arguments: [(12, 2), (11, 2), (6, 2), (3, 2)])
  func streamIsTakenFromOnce(steps: Int, batches: Int) throws {
    let stage = Stage(.learn, epochs: 5, steps: steps, batchSize: 4, evaluates: true)
    let counted = (0..<stage.epochs(of: batches)).filter { $0 == stage.lastWholeEpoch(of: batches) }
    #expect(counted.count == 1)
    #expect(stage.batches(inEpoch: counted[0], of: batches) == batches)
    let all = (0..<stage.epochs(of: batches)).map { stage.batches(inEpoch: $0, of: batches) }
    #expect(all.reduce(0, +) == steps)
  }
}
