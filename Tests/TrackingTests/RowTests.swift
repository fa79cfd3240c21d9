import Datasets
import Learning
import Metrics
import Networks
import Tensors
import Testing
import Tracking

/// The rows of a run of three tasks of two classes: two epochs each, of three batches of six images.
/// Every figure is counted anew, from the history's losses and confusion matrices.
struct RowTests {
  private let run: Run
  private let rows: [LogRow]

  init() throws {
    let data = try SmallRun.data()
    var run = try SmallRun.run("finetune", on: data)
    run.advance(data, on: Device(threads: 1))
    self.run = run
    rows = RunFeed.replay(run).rows
  }

  @Test func batchesCountOnAndHaveTheirLosses() {
    let batches = rows.filter { $0.rate == .batch }
    #expect(batches.map(\.step) == Array(1...18))
    #expect(batches.map(\.task) == (0..<18).map { $0 / 6 + 1 })
    #expect(batches.map(\.epoch) == (0..<18).map { $0 % 6 / 3 + 1 })
    for (batch, loss) in zip(batches, run.history.losses.elements) {
      #expect(batch.scalars.map(\.metric) == ["train/train_loss"])
      #expect(batch.scalars.map(\.value) == [Double(loss)])
    }
  }

  @Test func epochsStandAfterTheirBatches() throws {
    let epochs = rows.filter { $0.rate == .epoch }
    #expect(epochs.map(\.step) == [3, 6, 9, 12, 15, 18])
    #expect(epochs.map(\.task) == [1, 1, 2, 2, 3, 3])
    #expect(epochs.map(\.epoch) == [1, 2, 1, 2, 1, 2])
    for (row, record) in zip(epochs, run.history.epochs) {
      #expect(
        row.scalars.map(\.metric) == [
          "train/train_accuracy", "train/epoch_loss", "train/learning_rate", "train/gradient_norm",
        ])
      let descent = try #require(record.descent)
      #expect(
        row.scalars.map(\.value) == [
          record.accuracy, record.loss, Double(descent.lastRate),
          try #require(descent.gradientNorm),
        ])
    }
    // Batches of as many images: the mean of their losses.
    for (epoch, row) in epochs.enumerated() {
      let losses = run.history.losses.elements[3 * epoch..<3 * epoch + 3].map(Double.init)
      #expect(abs(row.scalars[1].value - losses.reduce(0, +) / 3) < 1e-6)
    }
  }

  @Test func tasksHaveTheFiguresOfContinualLearning() throws {
    let tasks = rows.filter { $0.rate == .task }
    #expect(tasks.map(\.step) == [6, 12, 18])
    #expect(tasks.map(\.task) == [1, 2, 3])
    #expect(tasks.map(\.epoch) == [nil, nil, nil])
    let confusions = run.history.evaluations.map(\.confusion)
    // [after][of], two classes a task.
    let accuracies = confusions.map { rows in
      (0..<rows.count / 2).map { share(of: [2 * $0, 2 * $0 + 1], rows) }
    }
    let whole = confusions.map { share(of: Array($0.indices), $0) }
    for (after, row) in tasks.enumerated() {
      let values = Dictionary(uniqueKeysWithValues: row.scalars.map { ($0.metric, $0.value) })
      var expected = [
        "incremental_accuracy": whole[after],
        "incremental_accuracy_macro": confusions[after].indices.reduce(0.0) {
          $0 + share(of: [$1], confusions[after])
        } / Double(confusions[after].count),
        "average_incremental_accuracy": whole[...after].reduce(0, +) / Double(after + 1),
      ]
      for (task, accuracy) in accuracies[after].enumerated() {
        expected["accuracy/task_\(task + 1)"] = accuracy
      }
      if after > 0 {
        let before = 0..<after
        expected["forgetting"] =
          before.reduce(0.0) { sum, task in
            let best = (task..<after).map { accuracies[$0][task] }.max() ?? 0
            return sum + best - accuracies[after][task]
          } / Double(after)
        expected["backward_transfer"] =
          before.reduce(0.0) { $0 + accuracies[after][$1] - accuracies[$1][$1] } / Double(after)
      }
      #expect(values.keys.sorted() == expected.keys.sorted())
      for (metric, value) in expected {
        #expect(abs(try #require(values[metric]) - value) < 1e-9, "\(metric) after \(after)")
      }
    }
    // A case in which the figures differ from each other.
    #expect(Set(tasks[2].scalars.map(\.value)).count > 4)
  }

  /// A second stage has names of its own.
  @Test func balancingHasItsOwnNames() throws {
    let data = try SmallRun.data()
    var run = try SmallRun.run("der-cnn", on: data)
    run.advance(data, on: Device(threads: 1))
    let rows = RunFeed.replay(run).rows
    let metrics = Set(rows.flatMap(\.scalars).map(\.metric))
    #expect(metrics.isSuperset(of: ["balance/loss", "balance/accuracy", "balance/epoch_loss"]))
    let records = run.history.epochs.filter { $0.purpose == .balance }
    let balanced = rows.filter { $0.scalars.first?.metric == "balance/accuracy" }
    #expect(
      balanced.map { $0.scalars.prefix(2).map(\.value) } == records.map { [$0.accuracy, $0.loss] })
    #expect(metrics.isSuperset(of: ["balance/learning_rate", "balance/gradient_norm"]))
  }

  /// Percent of the images of some rows that are right.
  private func share(of classes: [Int], _ confusion: [[Int]]) -> Double {
    let right = classes.reduce(0) { $0 + confusion[$1][$1] }
    let all = classes.reduce(0) { $0 + confusion[$1].reduce(0, +) }
    return 100 * Double(right) / Double(all)
  }
}
