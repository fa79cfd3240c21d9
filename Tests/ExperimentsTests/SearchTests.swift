import Datasets
import Experiments
import Learning
import Metrics
import Networks
import Sessions
import Synchronization
import Testing

struct SearchTests {
  private func search(_ combinations: [OptionValues], seeds: Int = 1) throws -> Search {
    Search(
      Strategies.plain, combinations: combinations, network: try SmallCourse.network(),
      tasks: try SmallCourse.tasks(), seed: 5, seeds: seeds, aim: .average, metric: .macro)
  }

  @Test func combinationsAreAllOfThemTheLastOptionFastest() throws {
    let candidates: [(option: String, values: [OptionValue])] = [
      ("a", [.integer(1), .integer(2)]), ("b", [.flag(false), .flag(true)]), ("c", [.real(3)]),
    ]
    let found = try #require(Search.combinations(of: candidates, limit: 4)).map(\.values)
    #expect(
      found == [
        ["a": .integer(1), "b": .flag(false), "c": .real(3)],
        ["a": .integer(1), "b": .flag(true), "c": .real(3)],
        ["a": .integer(2), "b": .flag(false), "c": .real(3)],
        ["a": .integer(2), "b": .flag(true), "c": .real(3)],
      ])
    #expect(Search.combinations(of: candidates, limit: 3) == nil)
  }

  /// Every trial is what ordinary runs of its options and seeds come to.
  @Test func trialsAreOrdinaryRunsTheBestFirst() throws {
    let data = try SmallCourse.data()
    let combinations = try [0.0001, 0.05, 1e30].map {
      try SmallCourse.options(["lr": .real($0), "optimizer": .choice("sgd")])
    }
    var search = try search(combinations, seeds: 2)
    let isStopped = try search.run(data, by: Trainer(on: SmallCourse.device)) { _, _, _ in }
    #expect(!isStopped)
    #expect(search.diverged.map(\.options) == [combinations[2]])
    #expect(search.trials.map(\.score) == search.trials.map(\.score).sorted(by: >))
    #expect(search.trials.count == 2)
    for trial in search.trials {
      let metrics = try [5, 6].map { seed -> IncrementalMetrics in
        var run = try Run(
          Strategies.plain, options: trial.options, network: SmallCourse.network(), data: data,
          tasks: SmallCourse.tasks(), seed: seed)
        run.advance(data, on: SmallCourse.device)
        return run.metrics(by: .macro)
      }
      #expect(trial.runs.map(\.metrics) == metrics)
      #expect(trial.score == Spread(metrics.compactMap(\.average))?.mean)
    }
  }

  @Test func whatIsInterruptedKeepsWhatThereIs() throws {
    let data = try SmallCourse.data()
    let combinations = try [0.01, 0.02].map { try SmallCourse.options(["lr": .real($0)]) }
    var search = try search(combinations)
    let isSecond = Mutex(false)
    let trainer = Trainer(on: SmallCourse.device) { isSecond.withLock(\.self) }
    let isStopped = try search.run(data, by: trainer) { _, _, number in
      isSecond.withLock { $0 = number == 1 }
    }
    #expect(isStopped)
    #expect(search.trials.map(\.options) == [combinations[0]])
  }
}
