internal import Datasets
internal import Learning
internal import Metrics
internal import Networks
internal import Tensors

/// What must hold of a decoded value before anything computes with it.
///
/// Digests tell damage; these checks are for files whose digests are right because somebody made
/// them so.
enum Plausibility {
  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  static func check(_ sequence: TaskSequence) throws(Fault) {
    let classes = sequence.tasks.flatMap(\.self)
    try require(!classes.isEmpty, "there are no tasks")
    try require(classes.allSatisfy { (0..<1 << 20).contains($0) }, "a class is out of range")
    try require(Set(classes).count == classes.count, "a class is in two tasks")
    try require(sequence.tasks.allSatisfy { !$0.isEmpty }, "a task has no classes")
    try require(sequence.isPossible, "the tasks are not of one size")
  }

  static func check(_ network: Network) throws(Fault) {
    let architecture = network.architecture
    try require(architecture.isSound, "the network's layers do not fit together")
    try require(
      network.weights.count == architecture.parameterCount,
      "\(network.weights.count) weights instead of \(architecture.parameterCount)")
    try require(
      network.statistics.count == architecture.statisticsCount,
      "\(network.statistics.count) statistics instead of \(architecture.statisticsCount)")
    // A variance below 0 has no root.
    for parameter in architecture.statistics where parameter.role == .variance {
      try require(
        network.statistics.elements[parameter.range].allSatisfy { !($0 < 0) },
        "a running variance is below 0")
    }
  }

  static func check(_ run: RunOnData) throws(Fault) {
    try check(run.run)
    for state in run.checkpoints.states {
      try require(state.setup == run.run.setup, "a checkpoint is of another run")
      try check(state)
    }
    if let origin = run.origin { try check(origin.sequence) }
  }

  private static func check(_ run: Run) throws(Fault) {
    try check(run.setup.tasks)
    try check(run.network)
    if let teacher = run.learner.teacher { try check(teacher) }
    try checkOptions(run)
    try checkPosition(run)
    try checkLearner(run.learner)
    for evaluations in [run.history.evaluations] + run.history.others.map(\.evaluations) {
      for evaluation in evaluations { try check(evaluation) }
      try require(evaluations.count <= run.tasks.count, "there are more evaluations than tasks")
    }
    try require(run.hasPlausibleStrategy, "the strategy's state does not fit")
    try require(
      (0...run.history.steps).contains(run.history.stepsBeforeTask),
      "the task under way began after the last step")
    try require(
      run.history.evaluationSteps.count == run.history.evaluations.count
        && run.history.evaluationSteps.allSatisfy { (0..<1 << 30).contains($0) },
      "an evaluation has no place")
    for epoch in run.history.epochs {
      let counts = [epoch.task, epoch.epoch, epoch.batches]
      try require(counts.allSatisfy { (0..<1 << 30).contains($0) }, "an epoch is out of range")
    }
    try check(run.setup.transform)
  }

  private static func check(_ transform: Transform) throws(Fault) {
    var figures = [transform.brightness, transform.contrast]
    if let normalization = transform.normalization {
      figures += normalization.mean + normalization.deviation
    }
    if let jitter = transform.jitter {
      figures += [jitter.rotation, jitter.scale, jitter.shift]
      try require((0..<1).contains(jitter.scale), "the jitter's scale is out of range")
    }
    try require(figures.allSatisfy(\.isFinite), "a figure of the transform is no number")
    if let equalization = transform.equalization {
      try require(
        (1...64).contains(equalization.tiles) && (0...1000).contains(equalization.limit),
        "the equalisation is out of range")
    }
  }

  private static func checkOptions(_ run: Run) throws(Fault) {
    guard let strategy = Strategies.named(run.setup.strategy) else {
      throw Fault(description: "no strategy is called '\(run.setup.strategy)'")
    }
    for option in strategy.description.options {
      let fits =
        switch (option.kind, run.setup.options.values[option.name]) {
        case (.integer(_, let range), .integer(let value)?): range.contains(value)
        case (.real(_, let range), .real(let value)?): range.contains(value)
        case (.real(_, let range), .integer(let value)?): range.contains(Double(value))
        case (.flag, .flag?): true
        case (.choice(_, let words), .choice(let word)?): words.contains(word)
        default: false
        }
      try require(fits, "the option '\(option.name)' is missing or out of range")
    }
  }

  private static func checkPosition(_ run: Run) throws(Fault) {
    let position = run.position
    let counts = [position.task, position.stage, position.epoch, position.batch]
    try require(counts.allSatisfy { (0..<1 << 30).contains($0) }, "a position is out of range")
    try require(
      run.stages.allSatisfy { (1...1 << 20).contains($0.batchSize) && $0.epochs > 0 },
      "a stage is out of range")
    switch run.phase {
    case .finished: try require(position.task == run.tasks.count, "the run is not at its end")
    case .beginTask: try require(position.task < run.tasks.count, "there is no such task")
    case .train, .endEpoch, .endStage, .evaluate, .nextStage:
      try require(
        position.task < run.tasks.count && run.stages.indices.contains(position.stage),
        "there is no such stage")
      try require(
        run.network.architecture.outputs == run.expectedOutputs, "the outputs are not the classes")
    }
  }

  private static func checkLearner(_ learner: Learner) throws(Fault) {
    let (optimizer, weights) = (learner.optimizer, learner.network.weights.count)
    if case .steps(let schedule) = learner.schedule {
      try require(schedule.every > 0, "the schedule has no period")
    }
    try require(
      optimizer.steps >= 0
        && (optimizer.first.count == weights || optimizer.first.count == 0)
        && (optimizer.second.count == optimizer.first.count || optimizer.second.count == 0),
      "the optimiser's moments are not as many as the weights")
    try require(
      learner.memory.images.allSatisfy { (0..<1 << 30).contains($0) },
      "an exemplar is out of range")
  }

  private static func check(_ evaluation: Evaluation) throws(Fault) {
    let count = evaluation.classes.count
    try require(
      evaluation.confusion.count == count
        && evaluation.confusion.allSatisfy { row in
          row.count == count && row.allSatisfy { (0..<1 << 32).contains($0) }
        },
      "a confusion matrix is not square")
    if let right = evaluation.rightInTask {
      try require(
        right.count == count && right.allSatisfy { (0..<1 << 32).contains($0) },
        "the images that are right in their task are not counted per class")
    }
  }

  private static func require(_ condition: Bool, _ text: String) throws(Fault) {
    guard condition else { throw Fault(description: text) }
  }
}
