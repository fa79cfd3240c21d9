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
    let experience = experience(data, on: device)
    switch phase {
    case .beginTask: return begin(experience)
    case .train: return train(experience)
    case .endEpoch: return endEpoch(experience)
    case .endStage: return endStage(experience)
    case .evaluate: return evaluate(experience)
    case .nextStage: return nextStage()
    case .finished: return .finished
    }
  }

  private mutating func begin(_ experience: Experience) -> Event {
    stages = strategy.base.begin(experience, &learner)
    position = Position(task: position.task)
    phase = .train
    prepareEpoch(experience)
    return .taskBegan(task: position.task, images: epochOrder.value?.count ?? 0)
  }

  private mutating func train(_ experience: Experience) -> Event {
    if epochOrder.value == nil { prepareEpoch(experience) }
    let order = epochOrder.value ?? []
    let (stage, here) = (self.stage, position)
    let pieces = stage.pieces(order, experience)
    let batches = stage.batches(inEpoch: here.epoch, of: pieces.count)
    guard here.batch < batches else { return endEpoch(experience) }
    let batch = Minibatch(
      stage: stage, images: Array(order[pieces[here.batch]]), epoch: here.epoch,
      number: here.batch, count: pieces.count,
      random: stream("transform").stream(here.batch))
    position.batch += 1
    if position.batch == batches { phase = .endEpoch }
    guard stage.purpose != .survey else {
      strategy.base.survey(batch, experience, &learner)
      return .imagesSurveyed(
        task: here.task, done: pieces[here.batch].upperBound, of: order.count)
    }
    let result = strategy.base.train(batch, experience, &learner)
    history.losses.elements.append(result.loss)
    history.epoch.add(result)
    return .batchTrained(
      BatchReport(
        position: here, purpose: stage.purpose, epochs: stage.epochs(of: pieces.count),
        batches: batches,
        loss: result.loss, meanLoss: Float(history.epoch.meanLoss),
        accuracy: history.epoch.accuracy, result: result))
  }

  private mutating func endEpoch(_ experience: Experience) -> Event {
    if epochOrder.value == nil { prepareEpoch(experience) }
    let batches = position.batch
    let epochs = stage.epochs(of: stage.pieces(epochOrder.value ?? [], experience).count)
    epochOrder.value = nil
    position.epoch += 1
    position.batch = 0
    phase = position.epoch < epochs ? .train : .endStage
    guard stage.purpose != .survey else {
      return phase == .train ? train(experience) : endStage(experience)
    }
    let record = EpochRecord(
      task: position.task, purpose: stage.purpose, epoch: position.epoch - 1, batches: batches,
      loss: history.epoch.meanLoss, accuracy: history.epoch.accuracy,
      descent: history.epoch.descent?.ofEpoch(of: batches))
    history.epochs.append(record)
    history.epoch = EpochSums()
    return .epochEnded(record)
  }

  private mutating func endStage(_ experience: Experience) -> Event {
    strategy.base.end(stage, experience, &learner)
    guard stage.evaluates else { return nextStage() }
    phase = .evaluate
    return evaluate(experience)
  }

  private mutating func evaluate(_ experience: Experience) -> Event {
    let total = history.counted.advance(
      experience.data, tasks: experience.tasksSoFar, on: experience.device
    ) { images in
      strategy.base.scores(images, experience, learner)
    }
    let done = history.counted.done
    guard done == total else {
      return .testImagesClassified(task: position.task, done: done, of: total)
    }
    if let next = experience.nextTask {
      let total = history.countedAhead.advance(
        experience.data, tasks: next, on: experience.device
      ) { images in
        [strategy.base.scores(images, experience, learner)[0]]
      }
      guard history.countedAhead.done == total else {
        return .testImagesClassified(
          task: position.task, done: history.countedAhead.done, of: total)
      }
      history.ahead.append(history.countedAhead.results(tasks: next)[0])
      history.countedAhead = EvaluationCount()
    }
    let evaluations = history.counted.results(
      tasks: experience.tasksSoFar, classifiers: classifiers.count)
    history.add(evaluations, of: classifiers)
    phase = .nextStage
    return .taskEvaluated(task: position.task, evaluations[0])
  }

  private mutating func nextStage() -> Event {
    let task = position.task
    if position.stage + 1 < stages.count {
      position = Position(task: task, stage: position.stage + 1)
      phase = .train
      return .stageEnded(task: task)
    }
    learner.discardOptimizer()
    history.stepsBeforeTask = history.steps
    position = Position(task: task + 1)
    phase = position.task == tasks.count ? .finished : .beginTask
    return .taskEnded(task: task)
  }

  private mutating func prepareEpoch(_ experience: Experience) {
    var images = strategy.base.images(for: stage, experience, learner)
    if stage.purpose != .survey {
      var random = stream("order")
      random.shuffle(&images)
    }
    epochOrder.value = images
  }

  /// A stream of the epoch under way for `purpose`.
  private func stream(_ purpose: String) -> RandomStream {
    random.stream(purpose).stream(position.task).stream(position.stage).stream(position.epoch)
  }
}
