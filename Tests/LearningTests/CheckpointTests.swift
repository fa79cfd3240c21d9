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
    run.advance(data, on: Self.device)
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
    other.advance(data, on: Self.device, to: .more(1, .task))
    #expect(other.place == kept.places[1] && other != kept.states[1])
    checkpoints.keep(other)
    #expect(checkpoints.places.map(\.description) == ["@0", "@1"])
    #expect(difference(checkpoints.states[1], other) == nil)
    checkpoints.keep(finished(other, data))
    #expect(checkpoints.places.map(\.description) == ["@0", "@1", "@3"])
  }

  @Test func checkpointsBeforeAPlaceAreCountedBackwards() throws {
    let (checkpoints, _, _) = try kept(SmallSigns.courses[0], stops: [3])
    func place(_ count: Int, before text: String) -> String? {
      Checkpoints.Place(text).flatMap { checkpoints.state(count, before: $0)?.place.description }
    }
    #expect((1...4).map { place($0, before: "@2") } == ["@1", "@0.2", "@0", nil])
    #expect(place(1, before: "@1.7") == "@1" && place(1, before: "@0.1") == "@0")
    #expect(place(1, before: "@0") == nil && place(0, before: "@2") == nil)
  }

  /// The earliest stop goes for a new one, but not the new one itself.
  @Test func stopJustMadeIsKept() throws {
    var course = try FollowedRun("finetune", ["batch": .integer(1), "epochs": .integer(6)])
    let stops = try (0...Checkpoints.stopLimit).map { _ in
      _ = try course.train()
      return course.run
    }
    var checkpoints = Checkpoints()
    for stop in stops.dropFirst() { checkpoints.keep(stop) }
    checkpoints.keep(stops[0])
    #expect(checkpoints.places.map(\.steps) == [1] + Array(3...21))
  }

  /// After each of the first two tasks there are 36 sums of 8 bytes.
  @Test(arguments: [(576, ["@0", "@1", "@2"]), (575, ["@0", "@2"])])
  func sumsAreThinnedOutBeyondTheLimit(limit: Int, places: [String]) throws {
    var course = try FollowedRun("analytic", ["hog": .flag(false)])
    var checkpoints = Checkpoints()
    checkpoints.keep(course.run, sumLimit: limit)
    for _ in 0..<2 {
      try course.endTask()
      checkpoints.keep(course.run, sumLimit: limit)
    }
    #expect(checkpoints.places.map(\.description) == places)
  }

  /// A file's checkpoints are of one run, in order, and none is longer than its history.
  @Test func filesAreHeldToOneRun() throws {
    let (checkpoints, _, _) = try kept(SmallSigns.courses[0])
    #expect(try checkpoints.forged("points") { $0 } == checkpoints)
    #expect(throws: DecodingError.self) {
      try checkpoints.forged("points") { Array(try #require($0 as? [Any]).reversed()) }
    }
    #expect(throws: DecodingError.self) {
      try checkpoints.forged("points.1.state.setup.seed") { _ in 4 }
    }
    for list in ["losses", "epochs", "evaluations"] {
      #expect(throws: DecodingError.self, "\(list)") {
        try checkpoints.forged("points.1.extent.\(list)") { _ in 1000 }
      }
    }
  }

  @Test func historyIsEncodedOnce() throws {
    let (checkpoints, run, _) = try kept(SmallSigns.courses[0])
    let text = String(decoding: try JSONEncoder().encode(checkpoints), as: UTF8.self)
    #expect(run.history.evaluations.count == 3)
    #expect(text.components(separatedBy: "\"confusion\":[[").count == 1 + 3)
    // Three tasks of two epochs.
    #expect(text.components(separatedBy: "\"batches\":").count == 1 + 6)
  }
}
