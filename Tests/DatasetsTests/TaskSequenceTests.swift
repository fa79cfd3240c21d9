import Datasets
import Testing

struct TaskSequenceTests {
  @Test func groupsAreConsecutiveAndLeaveTheRestOut() throws {
    let tasks = try TaskSequence.groups(of: 8, classCount: 43)
    #expect(tasks.count == 5)
    #expect(tasks.tasks[0] == Array(0...7))
    #expect(tasks.tasks[4] == Array(32...39))
    #expect(tasks.classes(through: 1) == Array(0...15))
  }

  @Test func groupsMayTakeAllClasses() throws {
    #expect(try TaskSequence.groups(of: 2, classCount: 4).tasks == [[0, 1], [2, 3]])
    #expect(try TaskSequence.groups(of: 3, classCount: 3).tasks == [[0, 1, 2]])
  }

  @Test func sizesMayDiffer() throws {
    #expect(
      try TaskSequence.groups(sizes: [3, 1], order: .listed([4, 2, 0, 1, 3]), classCount: 5).tasks
        == [[4, 2, 0], [1]])
    #expect(try TaskSequence.groups(sizes: [1, 2], classCount: 3).tasks == [[0], [1, 2]])
  }

  @Test func countMaySayFewer() throws {
    let tasks = try TaskSequence.groups(of: 8, count: 2, classCount: 43)
    #expect(tasks.tasks == [Array(0...7), Array(8...15)])
  }

  @Test func listedClassesKeepTheirOrder() throws {
    let tasks = try TaskSequence.groups(of: 2, order: .listed([5, 1, 3, 0, 2]), classCount: 6)
    #expect(tasks.tasks == [[5, 1], [3, 0]])
  }

  @Test func shufflingIsSeeded() throws {
    let one = try TaskSequence.groups(of: 8, order: .shuffled(seed: 1), classCount: 43)
    let two = try TaskSequence.groups(of: 8, order: .shuffled(seed: 2), classCount: 43)
    #expect(try TaskSequence.groups(of: 8, order: .shuffled(seed: 1), classCount: 43) == one)
    #expect(one != two)
    let classes = one.tasks.flatMap(\.self)
    #expect(Set(classes).count == 40)
    #expect(classes.allSatisfy { (0..<43).contains($0) })
    #expect(classes != classes.sorted())
  }

  @Test(
    arguments: [
      (0, nil, TaskSequence.Order.natural, TaskSequenceError.sizeOutOfRange(0)),
      (-8, nil, .natural, .sizeOutOfRange(-8)),
      (8, 0, .natural, .countOutOfRange(0)),
      (8, -1, .natural, .countOutOfRange(-1)),
      (8, 6, .natural, .tooFewClasses(size: 8, count: 6, available: 43)),
      (44, nil, .natural, .tooFewClasses(size: 44, count: 1, available: 43)),
      (.max, .max, .natural, .tooFewClasses(size: .max, count: .max, available: 43)),
      (2, 2, .listed([1, 2, 3]), .tooFewClasses(size: 2, count: 2, available: 3)),
      (1, nil, .listed([]), .tooFewClasses(size: 1, count: 1, available: 0)),
      (1, nil, .listed([1, 2, 1]), .repeatedClass(1)),
      (1, nil, .listed([1, 43]), .classOutOfRange(43, classCount: 43)),
      (1, nil, .listed([-1]), .classOutOfRange(-1, classCount: 43)),
    ] as [(Int, Int?, TaskSequence.Order, TaskSequenceError)])
  func impossibleDivisionsAreRefused(
    size: Int, count: Int?, order: TaskSequence.Order, error: TaskSequenceError
  ) {
    #expect(throws: error) {
      try TaskSequence.groups(of: size, count: count, order: order, classCount: 43)
    }
  }

  @Test(
    arguments: [
      ([], .classIncremental, .countOutOfRange(0)),
      ([2, 0], .classIncremental, .sizeOutOfRange(0)),
      ([2, -1], .classIncremental, .sizeOutOfRange(-1)),
      ([40, 4], .classIncremental, .sizesExceed(sum: 44, available: 43)),
      ([2, 3], .domainIncremental, .unequalSizes([2, 3])),
    ] as [([Int], Scenario, TaskSequenceError)])
  func impossibleSizesAreRefused(sizes: [Int], scenario: Scenario, error: TaskSequenceError) {
    #expect(throws: error) {
      try TaskSequence.groups(sizes: sizes, scenario: scenario, classCount: 43)
    }
  }

  @Test func classesAreDealtOutAnewToTasksOfTheSameSizes() throws {
    let tasks = try TaskSequence.groups(
      sizes: [5, 1, 14], scenario: .taskIncremental, classCount: 20)
    let dealt = tasks.shuffled(seed: 3)
    #expect(dealt.scenario == .taskIncremental)
    #expect(dealt.tasks.map(\.count) == [5, 1, 14])
    let classes = dealt.tasks.flatMap(\.self)
    #expect(classes.sorted() == Array(0..<20) && classes != Array(0..<20))
    #expect(dealt == tasks.shuffled(seed: 3) && dealt != tasks.shuffled(seed: 4))
  }
}

/// The outputs of a network in the three scenarios of van de Ven and Tolias 2019.
struct ScenarioOutputTests {
  private func tasks(_ scenario: Scenario) -> TaskSequence {
    TaskSequence(tasks: [[7, 2], [0, 5], [1, 9]], scenario: scenario)
  }

  @Test(arguments: [Scenario.classIncremental, .taskIncremental])
  func everyClassHasAnOutputOfItsOwn(scenario: Scenario) {
    let tasks = tasks(scenario)
    #expect((0..<3).map(tasks.outputs(through:)) == [2, 4, 6])
    #expect((0..<3).map(tasks.outputs(of:)) == [0..<2, 2..<4, 4..<6])
  }

  @Test func tasksOfOneDomainShareTheirOutputs() {
    let tasks = tasks(.domainIncremental)
    #expect((0..<3).map(tasks.outputs(through:)) == [2, 2, 2])
    #expect((0..<3).map(tasks.outputs(of:)) == [0..<2, 0..<2, 0..<2])
  }

  @Test(arguments: Scenario.allCases) func onlySharedOutputsNeedTasksOfOneSize(scenario: Scenario) {
    #expect(tasks(scenario).isPossible)
    let uneven = TaskSequence(tasks: [[0, 1], [2]], scenario: scenario)
    #expect(uneven.isPossible == (scenario != .domainIncremental))
  }

  @Test(arguments: Scenario.allCases) func beginningOfASequenceKeepsItsScenario(
    scenario: Scenario
  ) {
    #expect(
      tasks(scenario).through(1) == TaskSequence(tasks: [[7, 2], [0, 5]], scenario: scenario))
  }
}
