public import Datasets
import Metrics
public import Networks
import Randomness
import Tensors

extension Run {
  /// Does the next indivisible piece of work and says what it was.
  ///
  /// - Parameter data: The data set with the run's `dataDigest`.
  public mutating func step(_ data: DataSet, on device: Device) -> Event {
    let clock = ContinuousClock()
    let start = clock.now
    defer { seconds.value += (clock.now - start) / .seconds(1) }
    var data = data
    data.transform = setup.transform
    let lesson = Lesson(
      data: data, tasks: tasks, task: min(position.task, tasks.count - 1), random: random,
      device: device)
    switch phase {
    case .beginTask: return begin(lesson)
    case .train: return train(lesson)
    case .endEpoch: return endEpoch()
    case .evaluate: return evaluate(lesson)
    case .endStage: return endStage(lesson)
    case .finished: return .finished
    }
  }

  /// Steps until `stop` holds for an event, or the run is finished.
  ///
  /// - Parameter stop: Told of every event; true ends the advance after it.
  public mutating func advance(
    _ data: DataSet, on device: Device, until stop: (Event) throws -> Bool
  ) rethrows {
    while !isFinished {
      if try stop(step(data, on: device)) { return }
    }
  }

  private mutating func begin(_ lesson: Lesson) -> Event {
    stages = strategy.base.begin(lesson, &learner)
    position = Position(task: position.task)
    phase = .train
    prepareEpoch(lesson)
    return .taskBegan(task: position.task, images: epochOrder.value?.count ?? 0)
  }

  private mutating func train(_ lesson: Lesson) -> Event {
    if epochOrder.value == nil { prepareEpoch(lesson) }
    let order = epochOrder.value ?? []
    let (stage, here) = (self.stage, position)
    let batches = (order.count + stage.batchSize - 1) / stage.batchSize
    if batches == 0 { return endEpoch() }
    let start = position.batch * stage.batchSize
    let result = strategy.base.train(
      Minibatch(
        stage: stage, images: Array(order[start..<min(start + stage.batchSize, order.count)]),
        epoch: position.epoch, number: position.batch, count: batches,
        random: stream("transform").stream(position.batch)),
      lesson, &learner)
    history.losses.elements.append(result.loss)
    history.epoch.add(result)
    position.batch += 1
    let report = BatchReport(
      position: here, purpose: stage.purpose, epochs: stage.epochs, batches: batches,
      loss: result.loss, meanLoss: Float(history.epoch.meanLoss),
      accuracy: history.epoch.accuracy)
    if position.batch == batches { phase = .endEpoch }
    return .batchTrained(report)
  }

  private mutating func endEpoch() -> Event {
    let record = EpochRecord(
      task: position.task, purpose: stage.purpose, epoch: position.epoch,
      loss: history.epoch.meanLoss, accuracy: history.epoch.accuracy)
    history.epochs.append(record)
    history.epoch = EpochSums()
    epochOrder.value = nil
    position.epoch += 1
    position.batch = 0
    phase = position.epoch < stage.epochs ? .train : stage.evaluates ? .evaluate : .endStage
    return .epochEnded(record)
  }

  private mutating func evaluate(_ lesson: Lesson) -> Event {
    let total = history.counted.advance(
      network, lesson.data, classes: lesson.classes, on: lesson.device)
    let done = history.counted.done
    guard done == total else {
      return .testImagesClassified(task: position.task, done: done, of: total)
    }
    let evaluation = history.counted.result(classes: lesson.classes)
    history.evaluations.append(evaluation)
    history.counted = EvaluationCount()
    phase = .endStage
    return .taskEvaluated(task: position.task, evaluation)
  }

  private mutating func endStage(_ lesson: Lesson) -> Event {
    strategy.base.end(stage, lesson, &learner)
    let task = position.task
    if position.stage + 1 < stages.count {
      position = Position(task: task, stage: position.stage + 1)
      phase = .train
      return .stageEnded(task: task)
    }
    position = Position(task: task + 1)
    phase = position.task == tasks.count ? .finished : .beginTask
    return .taskEnded(task: task)
  }

  private mutating func prepareEpoch(_ lesson: Lesson) {
    var images = strategy.base.images(for: stage, lesson, learner)
    var random = stream("order")
    random.shuffle(&images)
    epochOrder.value = images
  }

  /// A stream of the epoch under way for `purpose`.
  private func stream(_ purpose: String) -> RandomStream {
    random.stream(purpose).stream(position.task).stream(position.stage).stream(position.epoch)
  }
}
