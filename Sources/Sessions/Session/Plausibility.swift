internal import CommandLanguage
internal import Datasets
internal import Learning
internal import Metrics
internal import Networks
internal import PlainText
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

  static func check(_ tasks: Tasks) throws(Fault) {
    try require(isObjectName(tasks.data), "it refers to an impossible name")
    try check(tasks.sequence)
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
    let parts = architecture.parameters.map(\.name) + architecture.heads.map(\.name)
    try require(parts.allSatisfy(isPartName), "a layer has an impossible name")
    try require(isPlain(architecture.name), "the network's description is not plain text")
    // A variance below 0 has no root.
    for parameter in architecture.statistics where parameter.role == .variance {
      try require(
        network.statistics.elements[parameter.range].allSatisfy { !($0 < 0) },
        "a running variance is below 0")
    }
  }

  static func check(_ run: RunOnData) throws(Fault) {
    // A run may begin from `net`, `kd` or the checkpoint `kd@2.57`.
    let origin = run.origin?.network.split(separator: "@", omittingEmptySubsequences: false) ?? []
    let names = [run.data, run.group, run.branching?.parent, origin.first.map(String.init)]
    try require(
      names.compactMap(\.self).allSatisfy(isObjectName)
        && (origin.count < 2 || origin.count == 2 && Checkpoints.Place(String(origin[1])) != nil),
      "it refers to an impossible name")
    if let origin = run.origin {
      // `T`, or one of its tasks: `T.1`.
      let parts = origin.tasks.split(separator: ".", omittingEmptySubsequences: false)
      try require(
        parts.count <= 2 && parts.first.map { isObjectName(String($0)) } == true
          && parts.dropFirst().allSatisfy { Int($0) != nil },
        "it refers to an impossible name")
      for case let sequence? in [origin.sequence, origin.shuffled] { try check(sequence) }
    }
    if let watch = run.watch {
      try require(
        watch.isPlausible && watch.targets.allSatisfy { isPlain($0.name) },
        "what is watched of it is not possible")
    }
    try require(
      run.branching?.options.allSatisfy { isPlain($0, $1) } != false,
      "an option of the branch is impossible")
    try check(run.run)
    for state in run.checkpoints.states {
      try require(state.setup == run.run.setup, "a checkpoint is of another run")
      try check(state)
    }
  }

  private static func check(_ run: Run) throws(Fault) {
    try check(run.setup.tasks)
    try check(run.network)
    if let teacher = run.learner.teacher { try check(teacher) }
    try checkOptions(run)
    try checkPosition(run)
    try checkLearner(run.learner)
    let others = run.history.others.flatMap(\.evaluations)
    for evaluation in run.history.evaluations + others + run.history.ahead {
      try check(evaluation)
    }
    try require(run.hasPlausibleHistory, "the history is of other tasks")
    try require(run.hasPlausibleTeacher, "the teacher is not an earlier state of the network")
    try require(run.hasPlausibleOptions, "the strategy is not what the options make")
    try require(run.hasPlausibleStrategy, "the strategy's state does not fit")
    try require(
      (0..<1e12).contains(run.seconds.value), "the seconds that it took are out of range")
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
      try require(
        epoch.descent?.isPlausible != false, "the learning rate of an epoch is out of range")
    }
    try check(run.setup.transform)
  }

  static func check(_ transform: Transform) throws(Fault) {
    if let fault = transform.fault { throw Fault(description: fault) }
  }

  private static func checkOptions(_ run: Run) throws(Fault) {
    guard let strategy = Strategies.named(run.setup.strategy) else {
      throw Fault(description: "no strategy is called '\(run.setup.strategy)'")
    }
    for option in strategy.options {
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
    try require(
      run.setup.options.values.allSatisfy { isPlain($0, $1) }, "an option is impossible")
  }

  private static func checkPosition(_ run: Run) throws(Fault) {
    let position = run.position
    let counts = [position.task, position.stage, position.epoch, position.batch]
    try require(counts.allSatisfy { (0..<1 << 30).contains($0) }, "a position is out of range")
    try require(
      run.stages.allSatisfy {
        (1...1 << 20).contains($0.batchSize) && (1...1 << 20).contains($0.epochs)
          && (1...1 << 30).contains($0.steps ?? 1)
      },
      "a stage is out of range")
    switch run.phase {
    case .finished: try require(position.task == run.tasks.count, "the run is not at its end")
    case .beginTask: try require(position.task < run.tasks.count, "there is no such task")
    case .train, .endEpoch, .endStage, .evaluate, .nextStage:
      try require(
        position.task < run.tasks.count && run.stages.indices.contains(position.stage)
          && run.stages[position.stage].has(epoch: position.epoch), "there is no such stage")
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
      (0..<1 << 40).contains(optimizer.steps)
        && (optimizer.first.count == weights || optimizer.first.count == 0)
        && optimizer.second.count == (optimizer.method.hasSquares ? optimizer.first.count : 0),
      "the optimizer's moments are not as many as the weights")
    let labels = learner.memory.classes.map(\.label)
    try require(Set(labels).count == labels.count, "a class has its exemplars twice")
  }

  private static func check(_ evaluation: Evaluation) throws(Fault) {
    let count = evaluation.classes.count
    try require(
      evaluation.confusion.count == count
        && evaluation.confusion.allSatisfy { row in
          row.count >= count && row.count == evaluation.confusion.first?.count
            && row.allSatisfy { (0..<1 << 32).contains($0) }
        },
      "a confusion matrix has no row or column for a class")
    if let right = evaluation.rightInTask {
      try require(
        right.count == count && right.allSatisfy { (0..<1 << 32).contains($0) },
        "the images that are right in their task are not counted per class")
    }
  }

  static func check(_ reference: DataReference) throws(Fault) {
    try check(reference.transform)
    try require(
      [reference.trainCount, reference.testCount].allSatisfy { (0..<1 << 32).contains($0) },
      "a number of images is out of range")
    if let fault = reference.source.fault { throw Fault(description: fault) }
    let chosen = reference.source.chosenCounts
    try require(
      chosen.train ?? reference.trainCount == reference.trainCount
        && chosen.test ?? reference.testCount == reference.testCount,
      "the images are not as many as are listed")
  }

  static func check(_ settings: Settings) throws(Fault) {
    try require((1...64).contains(settings.threads ?? 1), "the threads are out of range")
    try require(isPlain(settings.progress), "a setting is impossible")
    try require(isPlain(settings.style ?? "screen"), "a setting is impossible")
  }

  /// Comments stand in a script as they are, so they must be nothing but comments.
  static func check(_ entry: JournalEntry) throws(Fault) {
    let details = entry.details
    let comments = details.above + details.below + (details.behind.map { [$0] } ?? [])
    try require(
      comments.allSatisfy { comment in
        (comment.isEmpty || comment.hasPrefix("#")) && !comment.contains(where: \.isNewline)
      }, "a comment is none")
    try require(
      entry.time.isFinite && entry.seconds.isFinite, "the time of a command is not a number")
  }

  /// Whether a layer or a parameter may have this name.
  private static func isPartName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 100
      && name.unicodeScalars.allSatisfy {
        ("0"..."9").contains($0) || ("A"..."Z").contains($0) || ("a"..."z").contains($0)
          || ["_", "-", "."].contains($0)
      }
  }

  /// Whether a terminal shows all of a text, on one line.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.count <= 200 && text.withoutControls == text
  }

  private static func isPlain(_ name: String, _ value: OptionValue) -> Bool {
    guard case .choice(let word) = value else { return isPlain(name) }
    return isPlain(name) && isPlain(word)
  }

  private static func require(_ condition: Bool, _ text: String) throws(Fault) {
    guard condition else { throw Fault(description: text) }
  }
}
