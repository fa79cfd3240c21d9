import Datasets
import Learning
import Networks
import TestSupport
import Testing

/// Runs that go on with other options.
struct BranchTests {
  static let device = Device(threads: 1)

  private func advanced(_ course: SmallSigns.Course, tasks: Int) throws -> (Run, DataSet) {
    let data = try SmallSigns.data()
    var run = try course.run(on: data)
    run.advance(data, on: Self.device, to: .task(tasks - 1))
    return (run, data)
  }

  private func finished(_ run: Run, _ data: DataSet) -> Run {
    var run = run
    run.advance(data, on: Self.device)
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
    #expect(try difference(within.branched([:], seed: within.setup.seed), within) == nil)
    #expect(throws: BranchObjection.finished(options: ["lr", "seed"])) {
      try finished(run, data).branched(["lr": .real(0.5)], seed: 8)
    }
  }
}
