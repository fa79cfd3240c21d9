import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Tensors
import Testing
import Tracking

struct RunFeedTests {
  /// Wherever a run stops, its history gives the rows that its events gave.
  @Test(arguments: Strategies.all.map { $0.description.name })
  func historyGivesTheRowsThatEventsGave(strategy: String) throws {
    let data = try SmallRun.data()
    var run = try SmallRun.run(strategy, on: data)
    let device = Device(threads: 1)
    var feed = RunFeed()
    var rows: [LogRow] = []
    while !run.isFinished {
      let event = run.step(data, on: device)
      if let row = feed.row(for: event, of: run) { rows.append(row) }
      let (replayed, place) = RunFeed.replay(run)
      #expect(replayed == rows, "after \(event)")
      #expect(place.steps == feed.steps)
    }
    #expect(rows.count { $0.rate == .batch } == run.history.steps)
    #expect(rows.count { $0.rate == .task } == 3)
  }

  /// A damaged file may count more batches than it has losses.
  @Test func batchesWithoutALossHaveNoRow() throws {
    let data = try SmallRun.data()
    var run = try SmallRun.run("finetune", on: data)
    run.advance(data, on: Device(threads: 1))
    let text = String(decoding: try JSONEncoder().encode(run), as: UTF8.self)
    let damaged = try JSONDecoder().decode(
      Run.self, from: Data(text.replacing("\"batches\":3", with: "\"batches\":300").utf8))
    try #require(damaged.history.epochs.allSatisfy { $0.batches == 300 })
    #expect(RunFeed.replay(damaged).rows.count { $0.rate == .batch } == 18)
  }

  @Test func rowsHaveTheNotebooksNames() throws {
    let data = try SmallRun.data()
    var run = try SmallRun.run("finetune", on: data)
    run.advance(data, on: Device(threads: 1))
    let rows = RunFeed.replay(run).rows
    let first = try #require(rows.first)
    #expect(first.scalars.map(\.metric) == ["train/train_loss"])
    #expect(first.scalars[0].value == Double(run.history.losses.elements[0]))
    let last = try #require(rows.last)
    #expect(last.task == 3)
    #expect(last.scalars.first?.metric == "incremental_accuracy")
    #expect(last.scalars.first?.value == run.history.evaluations.last?.accuracy)
    #expect(last.scalars.contains { $0.metric == "accuracy/task_3" })
    #expect(last.scalars.contains { $0.metric == "forgetting" })
  }

  /// Class 4 and 0, the first task, have no test images.
  @Test func whatCannotBeTestedHasNoScalar() throws {
    let drawn = try SmallRun.data()
    let kept = drawn.test.indices(of: [1, 2, 3, 5])
    let test = ImageSet(
      shape: drawn.test.shape, pixels: kept.flatMap { Array(drawn.test.image(at: $0)) },
      labels: kept.map { drawn.test.labels[$0] })
    let data = DataSet(
      source: drawn.source, classNames: drawn.classNames, train: drawn.train, test: test)
    var run = try SmallRun.run("finetune", on: data)
    run.advance(data, on: Device(threads: 1))
    let rows = RunFeed.replay(run).rows.filter { $0.rate == .task }
    #expect(rows.count == 3)
    #expect(rows[0].scalars.isEmpty)
    #expect(
      rows[2].scalars.map(\.metric) == [
        "incremental_accuracy", "incremental_accuracy_macro", "average_incremental_accuracy",
        "accuracy/task_2", "accuracy/task_3", "forgetting", "backward_transfer",
      ])
    let accuracies = run.history.evaluations.compactMap(\.accuracy)
    #expect(accuracies.count == 2)
    #expect(rows[2].scalars[2].value == (accuracies[0] + accuracies[1]) / 2)
    #expect(rows.flatMap(\.scalars).allSatisfy { $0.value.isFinite })
  }
}
