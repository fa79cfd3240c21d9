import Datasets
import Foundation
import Learning
import Networks
import Randomness
import Tensors
import TestSupport
import Testing

/// A run that stops, is saved and goes on ends as one that did not stop.
struct RestartTests {
  static let device = Device(threads: 1)

  private func finished(_ run: Run, _ data: DataSet, on device: Device = device) -> Run {
    var run = run
    run.advance(data, on: device)
    return run
  }

  private func decoded(_ run: Run, storage: (any TensorStorage)?) throws -> Run {
    let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
    if let storage {
      encoder.userInfo[.tensorStorage] = storage
      decoder.userInfo[.tensorStorage] = storage
    }
    return try decoder.decode(Run.self, from: encoder.encode(run))
  }

  @Test(arguments: SmallSigns.courses + SmallSigns.surveys)
  func runGoesOnFromAnyStep(course: SmallSigns.Course) throws {
    let data = try SmallSigns.data(transform: SmallSigns.varying)
    let start = try course.run(on: data)
    let whole = finished(start, data)
    var steps = 0
    var counting = start
    while !counting.isFinished {
      _ = counting.step(data, on: Self.device)
      steps += 1
    }
    #expect(difference(counting, whole) == nil)

    var random = RandomStream(seed: 2024)
    let stops = Set(
      (0..<Campaign.count(1, long: 5, full: 5)).map { _ in random.index(below: steps) } + [
        0, 1, steps - 1,
      ])
    var run = start
    for step in 0..<steps {
      if stops.contains(step) {
        let inPlace = try decoded(run, storage: nil)
        let apart = try decoded(run, storage: Shelf())
        for read in [inPlace, apart] { #expect(difference(read, run) == nil, "step \(step)") }
        // They are equal: one of them goes on for both.
        #expect(difference(finished(apart, data), whole) == nil, "step \(step)")
      }
      _ = run.step(data, on: Self.device)
    }
    #expect(difference(run, whole) == nil)
  }

  @Test(arguments: SmallSigns.courses + SmallSigns.surveys)
  func branchLeavesTheRunAsItWas(course: SmallSigns.Course) throws {
    let data = try SmallSigns.data()
    var run = try course.run(on: data)
    for _ in 0..<7 { _ = run.step(data, on: Self.device) }
    let before = run
    _ = finished(run, data)
    #expect(difference(run, before) == nil)
  }

  @Test(arguments: SmallSigns.courses + SmallSigns.surveys)
  func threadsDoNotMatter(course: SmallSigns.Course) throws {
    let data = try SmallSigns.data(transform: SmallSigns.varying)
    let start = try course.run(on: data)
    let whole = finished(start, data)
    for threads in [2, 4] {
      let other = finished(start, data, on: Device(threads: threads))
      #expect(difference(other, whole) == nil, "\(threads) threads")
    }
    #expect(difference(finished(try course.run(on: data), data), whole) == nil)
  }

  @Test(arguments: SmallSigns.courses + SmallSigns.surveys)
  func seedMatters(course: SmallSigns.Course) throws {
    let data = try SmallSigns.data()
    let weights = try [3, 4].map {
      finished(try course.run(on: data, seed: $0), data).network.weights
    }
    #expect(weights[0] != weights[1])
  }

  /// The run keeps the transform it began with.
  @Test func laterTransformDoesNotMatter() throws {
    let data = try SmallSigns.data()
    let start = try SmallSigns.courses[0].run(on: data)
    var other = data
    other.transform = SmallSigns.varying
    #expect(difference(finished(start, other), finished(start, data)) == nil)
  }

  @Test func runOfAnUnknownStrategyIsRefused() throws {
    let data = try SmallSigns.data()
    let text = String(
      decoding: try JSONEncoder().encode(SmallSigns.courses[0].run(on: data)), as: UTF8.self)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        Run.self, from: Data(text.replacing("\"finetune\"", with: "\"finetone\"").utf8))
    }
  }

  /// A run that was saved before an option existed goes on as it was: the option has its standard
  /// value.
  @Test(arguments: [SmallSigns.courses[0], SmallSigns.Course(strategy: "analytic")])
  func runsFromBeforeAnOptionGoOn(course: SmallSigns.Course) throws {
    let data = try SmallSigns.data()
    var run = try course.run(on: data)
    for _ in 0..<3 { _ = run.step(data, on: Device(threads: 1)) }
    let type = try #require(Strategies.named(course.strategy))
    let late = ["label-smoothing", "balance", "views"].filter { name in
      type.options.contains { $0.name == name }
    }
    #expect(!late.isEmpty)
    var whole = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(run)) as? [String: Any])
    var setup = try #require(whole["setup"] as? [String: Any])
    var options = try #require(setup["options"] as? [String: Any])
    var values = try #require(options["values"] as? [String: Any])
    for name in late { #expect(values.removeValue(forKey: name) != nil) }
    options["values"] = values
    setup["options"] = options
    whole["setup"] = setup
    let old = try JSONDecoder().decode(
      Run.self, from: JSONSerialization.data(withJSONObject: whole))
    #expect(difference(old, run) == nil)
  }

  /// The same of a choice that stands in the strategy's own state.
  @Test(arguments: [
    ("ewc", "anchors"), ("lwf", "weighing"), ("replay", "weighing"), ("rehearsal-kd", "source"),
  ])
  func statesFromBeforeAChoiceGoOn(strategy: String, key: String) throws {
    let course = try #require(SmallSigns.courses.first { $0.strategy == strategy })
    let data = try SmallSigns.data()
    var run = try course.run(on: data)
    for _ in 0..<3 { _ = run.step(data, on: Device(threads: 1)) }
    var whole = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(run)) as? [String: Any])
    var named = try #require(whole["strategy"] as? [String: Any])
    var state = try #require(named["state"] as? [String: Any])
    #expect(state.removeValue(forKey: key) != nil)
    named["state"] = state
    whole["strategy"] = named
    let old = try JSONDecoder().decode(
      Run.self, from: JSONSerialization.data(withJSONObject: whole))
    #expect(difference(old, run) == nil)
  }
}
