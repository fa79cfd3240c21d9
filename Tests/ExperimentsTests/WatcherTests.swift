import Datasets
import Experiments
import Inspection
import Learning
import Metrics
import Networks
import Sessions
import Testing

/// A run that is looked at while it learns.
struct WatcherTests {
  private let trainer = Trainer(on: SmallCourse.device)

  private func watch(_ run: Run, _ data: DataSet, every: Watch.Interval = .batches(1)) -> Watch {
    Watch(
      run.tasks.tasks.enumerated().map { ("T.\($0 + 1)", $1) }, images: 1000, image: 0,
      every: every, of: data, seed: 1)
  }

  @Test(arguments: ["finetune", "replay", "icarl", "bic"])
  func watchingChangesNoBit(strategy: String) throws {
    let data = try SmallCourse.data()
    var (alone, watched) = (try SmallCourse.run(strategy), try SmallCourse.run(strategy))
    var watcher = Watcher(watch(watched, data), data, on: SmallCourse.device)
    _ = trainer.train(&alone, data) { _, _ in }
    _ = trainer.train(&watched, data) { watcher.take($0, $1) }
    #expect(alone == watched && alone.network.weights == watched.network.weights)
    #expect(watcher.watch.rows.count == watched.history.steps)
  }

  /// With all test images the last measurement of a task is what its test finds.
  @Test func lastMeasurementOfATaskIsItsTest() throws {
    let data = try SmallCourse.data()
    var run = try SmallCourse.run("finetune")
    var watcher = Watcher(watch(run, data), data, on: SmallCourse.device)
    _ = trainer.train(&run, data) { watcher.take($0, $1) }
    for (task, evaluation) in run.history.evaluations.enumerated() {
      let row = try #require(watcher.watch.rows.last { $0.task == task })
      for known in 0...task {
        #expect(row.accuracies[known] == evaluation.accuracy(on: run.tasks.tasks[known]))
      }
      // What is not learned yet has no figure.
      #expect(row.accuracies[(task + 1)...].allSatisfy { $0 == nil })
      #expect(row.logits.count == run.tasks.outputs(through: task))
    }
  }

  @Test func onlyEverySoManyBatchesAreMeasured() throws {
    let data = try SmallCourse.data()
    var run = try SmallCourse.run()
    var watcher = Watcher(watch(run, data, every: .batches(3)), data, on: SmallCourse.device)
    _ = trainer.train(&run, data, to: .task(0)) { watcher.take($0, $1) }
    #expect(run.history.steps == 8)
    // The task's end in any case.
    #expect(watcher.watch.rows.map(\.steps) == [3, 6, 8])
  }

  @Test func epochsAreMeasuredAtTheirEnds() throws {
    let data = try SmallCourse.data()
    var run = try SmallCourse.run()
    var watcher = Watcher(watch(run, data, every: .epoch), data, on: SmallCourse.device)
    _ = trainer.train(&run, data) { watcher.take($0, $1) }
    #expect(watcher.watch.rows.map(\.steps) == [4, 8, 12, 16, 20, 24])
    #expect(watcher.watch.rows.map(\.task) == [0, 0, 1, 1, 2, 2])
    #expect(watcher.watch.rows.allSatisfy { $0.loss != nil })
  }

  /// What a strategy does at a task's end, such as balancing the head, counts in the last measurement.
  @Test(arguments: ["wa", "bic", "icarl", "gdumb"])
  func lastMeasurementOfATaskIsOfItsEnd(strategy: String) throws {
    let data = try SmallCourse.data()
    var run = try SmallCourse.run(strategy)
    var watcher = Watcher(watch(run, data), data, on: SmallCourse.device)
    var ends: [[Double?]] = []
    _ = trainer.train(&run, data) { event, run in
      watcher.take(event, run)
      guard case .taskEnded(let task) = event, let model = Model(run) else { return }
      ends.append(
        run.tasks.tasks.prefix(task + 1).map { classes in
          var predictor = Predictor(
            model, data, split: .test, images: data.test.indices(of: classes))
          while predictor.done < predictor.total { predictor.advance(on: SmallCourse.device) }
          return predictor.result.evaluation.accuracy(on: classes)
        })
    }
    for (task, accuracies) in ends.enumerated() {
      let row = try #require(watcher.watch.rows.last { $0.task == task })
      #expect(Array(row.accuracies.prefix(task + 1)) == accuracies)
    }
  }

  /// What a run did before it was taken back is measured again.
  @Test func rowsAfterTheRunWasTakenBackAreReplaced() {
    var watch = Watch(targets: [], image: nil, every: .batches(1))
    for steps in [1, 2, 3, 2] {
      watch.add(.init(task: 0, steps: steps, loss: nil, accuracies: [], logits: []))
    }
    #expect(watch.rows.map(\.steps) == [1, 2])
  }
}
