import Datasets
import Foundation
import Learning
import Networks
import Tensors
import TestSupport
import Testing

struct CheckpointTests {
  static let device = Device(threads: 1)

  /// A run with a checkpoint after every task and after some steps by hand, and its last state.
  private func kept(_ course: SmallSigns.Course, stops: Set<Int> = []) throws -> (
    Checkpoints, Run, DataSet
  ) {
    let data = try SmallSigns.data(transform: SmallSigns.varying)
    var run = try course.run(on: data)
    var checkpoints = Checkpoints()
    checkpoints.keep(run)
    var steps = 0
    while !run.isFinished {
      let event = run.step(data, on: Self.device)
      steps += 1
      if case .taskEnded = event { checkpoints.keep(run) }
      if stops.contains(steps) { checkpoints.keep(run) }
    }
    return (checkpoints, run, data)
  }

  private func finished(_ run: Run, _ data: DataSet) -> Run {
    var run = run
    run.advance(data, on: Self.device) { _ in false }
    return run
  }

  @Test func placesAreNamedAfterTasksAndSteps() throws {
    let (checkpoints, run, _) = try kept(SmallSigns.courses[0], stops: [3])
    #expect(checkpoints.places.map(\.description) == ["@0", "@0.2", "@1", "@2", "@3"])
    #expect(run.place == Checkpoints.Place(task: 3))
    for place in checkpoints.places { #expect(Checkpoints.Place("\(place)") == place) }
    #expect(Checkpoints.Place("2.57") == Checkpoints.Place(task: 2, steps: 57))
    for text in ["", "@", "@a", "@-1", "@1.2.3", "@1.", "1e3", "@99999999999999999999"] {
      #expect(Checkpoints.Place(text) == nil, "\(text)")
    }
  }

  @Test(arguments: SmallSigns.courses)
  func runGoesOnFromEveryCheckpoint(course: SmallSigns.Course) throws {
    let (checkpoints, whole, data) = try kept(course, stops: [2, 5, 9, 11])
    for state in checkpoints.states {
      #expect(difference(finished(state, data), whole) == nil, "from \(state.place)")
    }
    let decoded = try JSONDecoder().decode(
      Checkpoints.self, from: JSONEncoder().encode(checkpoints))
    #expect(difference(decoded, checkpoints) == nil)
  }

  /// Where sums over images would fill memory the earliest checkpoints that hold some go; the
  /// beginning, the last and what holds none stay.
  @Test func sumsAreThinnedOut() throws {
    let data = try SmallSigns.data()
    var run = try SmallSigns.Course(strategy: "analytic").run(on: data)
    var (all, few) = (Checkpoints(), Checkpoints())
    func keep() {
      all.keep(run)
      few.keep(run, sumLimit: 1)
    }
    keep()
    while !run.isFinished {
      if case .taskEnded = run.step(data, on: Self.device) { keep() }
    }
    #expect(all.places.map(\.description) == ["@0", "@1", "@2", "@3"])
    #expect(few.places.map(\.description) == ["@0", "@3"])
    var two = Checkpoints()
    for state in all.states.prefix(3) { two.keep(state, sumLimit: 1) }
    #expect(two.places.map(\.description) == ["@0", "@2"])
    #expect(difference(finished(try #require(two.states.last), data), run) == nil)
  }

  @Test func endsOfTasksHoldNoMoments() throws {
    let (checkpoints, _, _) = try kept(SmallSigns.courses[0], stops: [3])
    for state in checkpoints.states where state.isBetweenTasks {
      #expect(state.learner.optimizer.first.count == 0)
    }
    let stop = try #require(checkpoints[Checkpoints.Place(task: 0, steps: 2)])
    #expect(stop.learner.optimizer.first.count == stop.network.weights.count)
  }

  @Test func stopsAreLimitedAndEndsOfTasksAreNot() throws {
    // All images so far: some forty batches, of which each is a stop.
    let (checkpoints, _, _) = try kept(.init(strategy: "joint"), stops: Set(1...1000))
    let stops = checkpoints.states.filter { !$0.isBetweenTasks }
    #expect(stops.count == Checkpoints.stopLimit)
    #expect(checkpoints.states.filter(\.isBetweenTasks).count == 4)
  }

  @Test func anotherOutcomeOfTheSameStepTakesTheLaterStatesWithIt() throws {
    let (kept, _, data) = try kept(SmallSigns.courses[0])
    var checkpoints = kept
    var other = try SmallSigns.courses[0].run(on: data, seed: 4)
    other.advance(data, on: Self.device) { if case .taskEnded = $0 { true } else { false } }
    #expect(other.place == kept.places[1] && other != kept.states[1])
    checkpoints.keep(other)
    #expect(checkpoints.places.map(\.description) == ["@0", "@1"])
    #expect(difference(checkpoints.states[1], other) == nil)
    checkpoints.keep(finished(other, data))
    #expect(checkpoints.places.map(\.description) == ["@0", "@1", "@3"])
  }

  @Test func historyIsEncodedOnce() throws {
    let (checkpoints, run, _) = try kept(SmallSigns.courses[0])
    let text = String(decoding: try JSONEncoder().encode(checkpoints), as: UTF8.self)
    #expect(run.history.evaluations.count == 3)
    #expect(text.components(separatedBy: "\"confusion\":[[").count == 1 + 3)
  }
}

/// Runs that go on with other options.
struct BranchTests {
  static let device = Device(threads: 1)

  private func advanced(_ course: SmallSigns.Course, tasks: Int) throws -> (Run, DataSet) {
    let data = try SmallSigns.data()
    var run = try course.run(on: data)
    run.advance(data, on: Self.device) {
      if case .taskEnded(let task) = $0 { task + 1 == tasks } else { false }
    }
    return (run, data)
  }

  private func finished(_ run: Run, _ data: DataSet) -> Run {
    var run = run
    run.advance(data, on: Self.device) { _ in false }
    return run
  }

  @Test(arguments: SmallSigns.courses)
  func branchWithoutChangesIsTheSameRun(course: SmallSigns.Course) throws {
    let (run, data) = try advanced(course, tasks: 1)
    if run.isFinished { return }
    let branch = try run.branched([:])
    #expect(difference(branch, run) == nil)
    #expect(difference(finished(branch, data), finished(run, data)) == nil)
    let same = try run.branched(run.setup.options.values, seed: run.setup.seed)
    #expect(difference(same, run) == nil)
  }

  @Test(arguments: SmallSigns.courses)
  func otherRateChangesWhatComesAndNothingElse(course: SmallSigns.Course) throws {
    let (run, data) = try advanced(course, tasks: 1)
    // A network that is frozen after task 1 has no rate any more.
    if run.isFinished || course.strategy == "slda" { return }
    let branch = try run.branched(["lr": .real(0.02)])
    #expect(branch.setup.options.values["lr"] == .real(0.02))
    #expect(difference(branch.learner, run.learner) == nil)
    #expect(difference(branch.history, run.history) == nil)
    #expect(branch.position == run.position)
    let (old, new) = (finished(run, data), finished(branch, data))
    #expect(difference(old.network, new.network) != nil)
    #expect(old.history.evaluations[0] == new.history.evaluations[0])
    // From the beginning it is the run that would have been begun so.
    let start = try course.run(on: data)
    var given = course
    given.given["lr"] = .real(0.02)
    #expect(try difference(start.branched(["lr": .real(0.02)]), given.run(on: data)) == nil)
  }

  @Test func stateOutlivesTheChangeOfAnOption() throws {
    let course = SmallSigns.Course(
      strategy: "der-cnn", given: ["per-class": .integer(2)], heads: 2)
    let (run, data) = try advanced(course, tasks: 2)
    let branch = try run.branched(["temperature": .real(4)])
    #expect(branch.learner.memory == run.learner.memory)
    #expect(difference(try branch.branched(["temperature": .real(2)]), run) == nil)
    #expect(difference(finished(branch, data), finished(run, data)) != nil)
  }

  @Test func otherSeedIsForWhatIsStillToBeDrawn() throws {
    let (run, data) = try advanced(SmallSigns.courses[0], tasks: 1)
    let branch = try run.branched([:], seed: 99)
    #expect(difference(branch.network, run.network) == nil)
    #expect(difference(finished(branch, data).network, finished(run, data).network) != nil)
  }

  @Test func pastCannotBeChanged() throws {
    let (run, data) = try advanced(.init(strategy: "joint"), tasks: 1)
    #expect(throws: BranchObjection.changesTasks(option: "once")) {
      try run.branched(["once": .flag(true)])
    }
    let start = try SmallSigns.Course(strategy: "joint").run(on: data)
    let once = SmallSigns.Course(strategy: "joint", given: ["once": .flag(true)])
    let there = try start.branched(["once": .flag(true)], sequence: SmallSigns.tasks)
    #expect(try difference(there, once.run(on: data)) == nil)
    let back = try once.run(on: data).branched(["once": .flag(false)], sequence: SmallSigns.tasks)
    #expect(difference(back, start) == nil)
    var within = run
    for _ in 0..<3 { _ = within.step(data, on: Self.device) }
    #expect(throws: BranchObjection.withinTask(options: ["lr"], end: .init(task: 1))) {
      try within.branched(["lr": .real(0.5)])
    }
    #expect(try difference(within.branched([:]), within) == nil)
    #expect(throws: BranchObjection.finished(options: ["lr", "seed"])) {
      try finished(run, data).branched(["lr": .real(0.5)], seed: 8)
    }
  }
}
