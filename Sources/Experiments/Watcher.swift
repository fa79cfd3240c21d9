public import Datasets
import Inspection
public import Learning
import Metrics
public import Networks
import Randomness
public import Sessions

/// Measures a run while it learns, as a `Watch` asks.
public struct Watcher: Sendable {
  private let data: DataSet
  private let device: Device
  /// Of the last batch.
  private var loss: Double?
  public private(set) var watch: Watch
  /// Seconds that measuring took.
  public private(set) var seconds = 0.0

  /// Images that the data set, which may be another one by now, does not have are left out.
  public init(_ watch: Watch, _ data: DataSet, on device: Device) {
    var watch = watch
    for target in watch.targets.indices {
      watch.targets[target].images.removeAll { $0 >= data.test.count }
    }
    if let image = watch.image, image >= data.test.count { watch.image = nil }
    self.watch = watch
    self.data = data
    self.device = device
  }

  /// Measures after a batch or an epoch, if it is one of those that are watched, and after each task:
  /// what a strategy does at a task's end counts in its last measurement.
  public mutating func take(_ event: Event, _ run: Run) {
    switch (event, watch.every) {
    case (.batchTrained(let batch), let every):
      loss = Double(batch.loss)
      guard case .batches(let count) = every, run.history.steps % count == 0 else { return }
      measure(run, in: run.position.task)
    case (.epochEnded(let record), .epoch): measure(run, in: record.task)
    case (.taskEnded(let task), _): measure(run, in: task)
    default: break
    }
  }

  /// Measures the run as it is, before it learns on.
  public mutating func measure(_ run: Run) {
    measure(run, in: min(run.position.task, run.tasks.count - 1))
  }

  private mutating func measure(_ run: Run, in task: Int) {
    guard let model = Model(run) else { return }
    let clock = ContinuousClock()
    let start = clock.now
    let known = Set(model.tasks.tasks.joined())
    let accuracies = watch.targets.map { target -> Double? in
      let images = target.images.filter { known.contains(data.test.labels[$0]) }
      guard !images.isEmpty else { return nil }
      let answers = answers(of: model, to: images)
      return 100 * Double((0..<answers.count).count { answers[$0].isRight }) / Double(answers.count)
    }
    let logits = watch.image.map { Array(answers(of: model, to: [$0]).scores(at: 0)) } ?? []
    watch.add(
      .init(
        task: task, steps: run.history.steps, loss: loss ?? watch.loss(at: run.history.steps),
        accuracies: accuracies, logits: logits))
    seconds += (clock.now - start) / .seconds(1)
  }

  private func answers(of model: Model, to images: [Int]) -> Predictions {
    var predictor = Predictor(model, data, split: .test, images: images)
    while predictor.done < predictor.total { predictor.advance(on: device) }
    return predictor.result
  }
}

extension Watch {
  /// The test images of each target: as many of every class as its share allows, drawn at random.
  ///
  /// - Parameters:
  ///   - targets: Names and classes.
  ///   - count: Images of all targets together.
  public init(
    _ targets: [(name: String, classes: [Int])], images count: Int, image: Int?,
    every: Interval,
    of data: DataSet, seed: Int
  ) {
    let classes = targets.reduce(0) { $0 + $1.classes.count }
    var random = RandomStream(seed: UInt64(bitPattern: Int64(seed))).stream("watch")
    let chosen = targets.map { target in
      Target(
        name: target.name,
        images: target.classes.flatMap { label in
          random.sample(max(1, count / max(1, classes)), from: data.test.indices(of: [label]))
            .sorted()
        })
    }
    self.init(targets: chosen, image: image, every: every)
  }
}
