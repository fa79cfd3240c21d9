import Datasets
import Experiments
import Learning
import Networks
import Sessions
import Synchronization
import Testing

/// The one way in which runs are trained.
struct TrainerTests {
  private let trainer = Trainer(on: SmallCourse.device)

  @Test(arguments: [Run.Goal.Unit.batch, .epoch, .task])
  func goalCountsItsUnit(unit: Run.Goal.Unit) throws {
    let data = try SmallCourse.data()
    var run = try SmallCourse.run()
    var ended = 0
    let outcome = trainer.train(&run, data, to: .more(2, unit)) { event, _ in
      switch (unit, event) {
      case (.batch, .batchTrained), (.epoch, .epochEnded), (.task, .taskEnded): ended += 1
      default: break
      }
    }
    guard case .done = outcome else { throw Unexpected(outcome) }
    #expect(ended == 2)
    // Four batches an epoch, two epochs a task.
    #expect(run.history.steps == [.batch: 2, .epoch: 8, .task: 16][unit])
  }

  @Test func goalOfATaskIsItsEnd() throws {
    let data = try SmallCourse.data()
    var run = try SmallCourse.run()
    _ = trainer.train(&run, data, to: .task(1)) { _, _ in }
    #expect(run.tasksDone == 2 && !run.isFinished)
    _ = trainer.train(&run, data) { _, _ in }
    #expect(run.isFinished)
  }

  /// Wherever it is stopped, and however often: the bits are those of a run never stopped.
  @Test(arguments: 1...9)
  func interruptedTrainingEndsAsOneThatWasNot(steps: Int) throws {
    let data = try SmallCourse.data()
    var (whole, parts) = (try SmallCourse.run("replay"), try SmallCourse.run("replay"))
    _ = trainer.train(&whole, data) { _, _ in }
    var stops = 0
    while !parts.isFinished {
      let left = Mutex(steps)
      let stopping = Trainer(on: SmallCourse.device) {
        left.withLock { left in
          left -= 1
          return left == 0
        }
      }
      var events = 0
      switch stopping.train(&parts, data, tell: { _, _ in events += 1 }) {
      case .interrupted:
        stops += 1
        #expect(events == steps && !parts.isFinished)
      case .done: #expect(parts.isFinished)
      case .diverged(let divergence): throw Unexpected(divergence)
      }
    }
    #expect(stops > 2)
    #expect(parts == whole)
  }

  @Test func everyTaskThatWasLearnedIsACheckpointBeforeItIsTold() throws {
    let data = try SmallCourse.data()
    var object = RunOnData(try SmallCourse.run(), on: "signs")
    var places: [[String]] = []
    _ = trainer.train(&object, data) { event, run, checkpoints in
      guard case .taskEnded = event else { return }
      places.append(checkpoints.places.map(\.description))
      #expect(checkpoints.states.last == run)
    }
    #expect(places == [["@0", "@1"], ["@0", "@1", "@2"], ["@0", "@1", "@2", "@3"]])
    #expect(object.checkpoints.places.map(\.description) == places.last)
  }

  /// A rate of 1e30 leaves no finite number after the first batch.
  @Test func divergenceLeavesTheLastSoundState() throws {
    let data = try SmallCourse.data()
    let first = try SmallCourse.run("finetune", ["lr": .real(1e30), "optimizer": .choice("sgd")])
    var object = RunOnData(first, on: "signs")
    var told = 0
    let outcome = trainer.train(&object, data) { event, _, _ in
      if case .batchTrained(let batch) = event {
        told += 1
        #expect(batch.loss.isFinite)
      }
    }
    guard case .diverged(let divergence) = outcome else { throw Unexpected(outcome) }
    #expect(divergence.rate == 1e30)
    #expect(object.run == first && object.checkpoints.states == [first])
    guard case .loss(let position, .learn, _) = divergence.finding else {
      throw Unexpected(divergence)
    }
    #expect(position.task == 0 && position.batch == told)
  }

  @Test func runsOfOtherImagesAndRulesAreNamed() throws {
    let run = try SmallCourse.run()
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (6, 8, 4, 16)
    signs.seed = 1
    let other = try signs.generate(threads: 1)
    #expect(TrainingObjection(to: run, try SmallCourse.data()) == nil)
    #expect(TrainingObjection(to: run, other) == .otherImages)
  }
}

/// What should not have come.
struct Unexpected: Error {
  let value: String

  init(_ value: some Any) { self.value = "\(value)" }
}
