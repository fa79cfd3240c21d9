import Datasets
import Networks
import Randomness
import Tensors

/// BiC (Wu et al. 2019: Large scale incremental learning): two numbers for each task undo the bias
/// towards new classes, fitted on images that were held out.
struct BiasCorrection: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "bic", idea: "rehearse, distil, then correct the new logits by a·z + b",
    keeps: "exemplars, the last network, two numbers a task",
    source: "Wu et al. 2019, Large scale incremental learning",
    formula:
      "(1−λ)·CE(z, y) + λ·KL(softmax(t/T) ‖ softmax(z_old/T)), λ = old classes / all; then z_new ← a·z_new + b by CE on the hold-out",
    explanation: """
      Rehearsal and distillation leave a bias towards new classes, and it sits in the last layer. \
      So a few exemplars are held out, and as many images of each new class. When the network is \
      trained, it is frozen and only two numbers are fitted, a factor and an offset for the logits \
      of the new classes, so that old and new are balanced on the held-out images.

      The two numbers are found by Newton's method: the loss in them is convex. With few exemplars \
      the hold-out is tiny; at least one image of each class is always kept back, so a memory \
      needs two for each class. The only image of a class is trained on, not held out.
      """)

  static let hasTeacher = true

  let common: CommonOptions
  private let temperature: Float
  private let holdOutShare: Double
  var rehearsal: Rehearsal
  /// Images kept from training in this task.
  private(set) var heldOut: [Int] = []
  /// One for every task so far.
  private(set) var corrections: [LogitCorrection] = []
  /// Those of the teacher.
  private var oldCorrections: [LogitCorrection] = []

  static let takesAllOutputs = false

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options)
    rehearsal = Rehearsal(&options, policy: .herding, replay: .optional)
    temperature = options.temperature()
    holdOutShare = options.real(
      "hold-out", 0.1, in: 0...0.5,
      "share of the exemplars that is kept from training to fit the correction; at least one of a "
        + "class, but never its only image")
  }

  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    if let objection = architecture.objection(heads: 1) { return objection }
    if holdOutShare == 0 { return .emptyHoldOut }
    if tasks.scenario != .classIncremental { return .needsClassScenario }
    return rehearsal.objection(tasks, atLeast: 2)
  }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    prepare(experience, &learner)
    oldCorrections = corrections
    corrections.append(LogitCorrection())
    heldOut = experience.task == 0 ? [] : holdOut(experience, learner.memory)
    return rehearsal.stages(learning: common.learning, with: learner.memory)
  }

  /// As many images of each class, old or new, but never all: the last of an old class's exemplars.
  private func holdOut(_ experience: Experience, _ memory: Memory) -> [Int] {
    let fewest = memory.classes.map(\.images.count).min() ?? 0
    let count = max(1, Int(holdOutShare * Double(fewest)))
    var random = experience.stream("hold-out")
    func held(of images: [Int]) -> Int { min(count, max(0, images.count - 1)) }
    return memory.classes.flatMap { $0.images.suffix(held(of: $0.images)) }
      + experience.newClasses.flatMap { label in
        let images = experience.data.train.indices(of: [label])
        return random.sample(held(of: images), from: images)
      }
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    let images = rehearsal.images(for: stage, experience, learner.memory)
    guard stage.purpose == .learn else { return images }
    let held = Set(heldOut)
    return images.filter { !held.contains($0) }
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let held = Set(heldOut)
    let images = experience.batch(
      rehearsal.images(of: batch, learner.memory).filter { !held.contains($0) },
      random: batch.random)
    let answers = learner.teacher.map {
      corrected($0.logits(images.images, on: experience.device)[0], experience, oldCorrections)
    }
    var right = 0
    var result = learner.step(images, at: batch.moment, in: experience) { outputs in
      let z = corrected(outputs.logits[0], experience, corrections)
      right = experience.countRight(z, images.labels)
      var loss = common.crossEntropy(z, images.labels, experience)
      if let answers {
        loss = experience.weighing(
          loss, old: experience.divergence(z, teacher: answers, temperature: temperature))
      }
      for (task, correction) in corrections.enumerated() {
        loss.gradient.scale(by: correction.factor, experience.tasks.outputs(of: task))
      }
      return OutputLoss([loss])
    }
    result.correct = right
    rehearsal.observe(batch, experience, &learner.memory)
    return result
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    if stage.purpose == .learn, experience.task > 0 {
      correct(experience, learner.network)
      rehearsal.observe(heldOut: heldOut, experience, &learner.memory)
    }
    rehearsal.refresh(after: stage, experience, learner.memory, by: [learner.network])
  }

  /// Fits the new classes' two numbers, unless old or new classes have nothing to be held out: then
  /// they stay 1 and 0.
  private mutating func correct(_ experience: Experience, _ network: Network) {
    let new = experience.tasks.outputs(of: experience.task)
    let images = experience.plainBatch(heldOut)
    // A file may hold fewer corrections than there are tasks.
    guard corrections.indices.contains(experience.task),
      Set(images.labels.map(new.contains)).count == 2
    else { return }
    corrections[experience.task] = LogitCorrection(
      fitting: corrected(
        network.logits(images.images, on: experience.device)[0], experience, corrections),
      labels: images.labels, new: new)
  }

  private func corrected(
    _ logits: Tensor, _ experience: Experience, _ corrections: [LogitCorrection]
  ) -> Tensor {
    var logits = logits
    for (task, correction) in corrections.enumerated() {
      correction.apply(to: &logits, experience.tasks.outputs(of: task))
    }
    return logits
  }

  func linearScores(_ logits: Tensor, _ experience: Experience) -> Tensor {
    corrected(logits, experience, corrections)
  }

  var keptImages: [Int] { heldOut + rehearsal.keptImages }

  func keptBytes(_ learner: Learner) -> Int? { 8 * corrections.count }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    rehearsal.isPlausible(tasks, features: learner.network.architecture.features)
      && [0, 1].contains(corrections.count - oldCorrections.count)
      && corrections.count <= tasks.count
      && fit(corrections, learner.network, tasks)
      && (learner.teacher.map { fit(oldCorrections, $0, tasks) } ?? true)
      && heldOut.allSatisfy { (0..<1 << 30).contains($0) }
  }

  /// Whether a network has the outputs that are corrected.
  private func fit(
    _ corrections: [LogitCorrection], _ network: Network, _ tasks: TaskSequence
  ) -> Bool {
    corrections.indices.allSatisfy {
      tasks.outputs(of: $0).upperBound <= network.architecture.outputs
    }
  }
}
