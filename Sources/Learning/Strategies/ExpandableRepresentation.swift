import Datasets
import Networks
import Randomness
import Tensors

/// DER, dynamically expandable representation (Yan, Xie and He 2021), without the masks that prune
/// it: every task adds a backbone, the old ones are frozen.
struct ExpandableRepresentation: Strategy {
  static let description = StrategyDescription(
    name: "der", idea: "a new backbone for every task, beside the frozen old ones",
    keeps: "exemplars, a backbone a task",
    source: "Yan, Xie and He 2021, DER: Dynamically expandable representation",
    formula:
      "CE(W·[φ_1, …, φ_t] + b, y) + CE(z_aux, y or 'old'), then W again on balanced exemplars",
    explanation: """
      Old features are not protected but frozen: each task gets a backbone of its own, and the \
      head reads all of them side by side. The new backbone need only learn what the old ones do \
      not see; an auxiliary head with one output for each new class and one for 'anything old' \
      makes it tell them apart. Then, because new classes had more images, the head is learned \
      anew on as many exemplars of each class.

      Of the classic methods it forgets least. The price is memory and time that grow with every \
      task: a backbone of the notebook's network weighs as much as 75 stored images. Not to be \
      taken for 'dark', dark experience replay, which is called DER too.
      """)

  private let common: CommonOptions
  private let auxiliaryWeight: Float
  private let secondEpochs: Int
  private let secondRate: Float
  private let temperature: Float
  private var rehearsal: Rehearsal
  /// The backbones of the tasks before, each with the heads it had, which no longer count.
  private(set) var frozen: [Network] = []
  /// What the frozen backbones' features add to the logits.
  private var oldHead = TrainedMap()
  /// An output for all old classes, and one for each new class.
  private var auxiliaryHead = TrainedMap()
  /// The head on all features while it is learned anew.
  private var wholeHead = TrainedMap()
  private var cache = Scratch<FeatureCache>()

  static let takesAllOutputs = false

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options)
    rehearsal = Rehearsal(&options, policy: .herding, replay: .optional)
    auxiliaryWeight = options.float(
      "auxiliary", 1, in: 0...100, "weight of the auxiliary head's loss")
    secondEpochs = options.integer(
      "second-epochs", 30, in: 0...10_000,
      "passes over the balanced memory in which only the head is trained again; 0 leaves it as it is"
    )
    secondRate = options.float("second-lr", 0.001, in: 1e-8...10, "learning rate of those passes")
    temperature = options.float(
      "second-temperature", 5, in: 0.01...100, "softness of the softmax in those passes")
  }

  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    if let objection = architecture.objection(heads: 1) { return objection }
    // The head is split by the backbones whose features its weights stand at.
    guard architecture.heads.allSatisfy({ $0.kind == .linear }) else {
      return .needsLinearHead
    }
    if tasks.scenario != .classIncremental { return .needsClassScenario }
    return rehearsal.objection(tasks)
  }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    cache = Scratch()
    guard experience.task > 0 else {
      learner.growHeads(to: experience.outputs, experience)
      learner.prepare(common.method, common.schedule)
      return rehearsal.stages(learning: common.learning, with: learner.memory)
    }
    freeze(learner.network)
    oldHead.map.growOutputs(to: experience.outputs)
    oldHead.prepare(common.method)
    // The new backbone begins as a copy of the last one.
    learner.network.replaceHeads(outputs: experience.outputs, random: experience.stream("heads"))
    learner.prepare(common.method, common.schedule)
    auxiliaryHead = TrainedMap(
      LinearMap(
        outputs: experience.newClasses.count + 1, inputs: learner.network.architecture.features,
        random: experience.stream("auxiliary")), common.method)
    var stages = rehearsal.stages(learning: common.learning, with: learner.memory)
    if secondEpochs > 0, !learner.memory.isEmpty {
      stages[stages.count - 1].evaluates = false
      stages.append(
        Stage(.balance, epochs: secondEpochs, batchSize: common.batch, evaluates: true))
    }
    return stages
  }

  /// Puts a backbone beside the frozen ones; what its head made of its features goes on to count.
  private mutating func freeze(_ network: Network) {
    let head = network.headMap
    oldHead.map.growOutputs(to: head.outputs)
    oldHead.map.appendInputs(head)
    frozen.append(network)
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    stage.purpose == .balance
      ? learner.memory.images : rehearsal.images(for: stage, experience, learner.memory)
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    if batch.stage.purpose == .balance { return balance(batch, experience, learner) }
    let chosen = rehearsal.images(of: batch, learner.memory)
    let images = experience.batch(chosen, random: batch.random)
    let old = oldFeatures(of: chosen, images, experience)
    let oldCount = experience.oldClassCount
    var (sum, auxiliary) = (Tensor(zeros: [0, 1]), Tensor(zeros: [0, 1]))
    var features = Tensor(zeros: [0, 1])
    var correct = 0
    let oldLogits = old.map { oldHead.map.outputs($0, on: experience.device) }
    var result = learner.step(images, at: batch.moment, in: experience) { outputs in
      var z = outputs.logits[0]
      if let oldLogits { z.add(oldLogits, at: 0..<z.shape[1]) }
      correct = experience.countRight(z, images.labels)
      let main = common.crossEntropy(z, images.labels, experience)
      guard old != nil else { return OutputLoss([main]) }
      let side =
        auxiliaryWeight
        * crossEntropy(
          auxiliaryHead.map.outputs(outputs.features, on: experience.device),
          labels: images.labels.map { max(0, $0 - oldCount + 1) }, smoothing: common.smoothing)
      (sum, auxiliary, features) = (main.gradient, side.gradient, outputs.features)
      return OutputLoss(
        [main],
        features: Loss(
          value: side.value,
          gradient: auxiliaryHead.map.featureGradient(side.gradient, on: experience.device)))
    }
    result.correct = correct
    if let old {
      let rate = learner.optimizer.learningRate
      let squares =
        oldHead.update(old, sum, rate: rate, on: experience.device)
        + auxiliaryHead.update(features, auxiliary, rate: rate, on: experience.device)
      result.descent?.squares += squares
    }
    rehearsal.observe(batch, experience, &learner.memory)
    return result
  }

  /// The second stage: only the head learns, on as many images of each class.
  private mutating func balance(
    _ batch: Minibatch, _ experience: Experience, _ learner: Learner
  ) -> BatchResult {
    if batch.epoch == 0, batch.number == 0 {
      wholeHead = TrainedMap(
        LinearMap(
          outputs: experience.outputs,
          inputs: (frozen.count + 1) * learner.network.architecture.features,
          random: experience.stream("head")), common.method)
    }
    let images = experience.batch(batch.images, random: batch.random)
    let old = oldFeatures(of: batch.images, images, experience)
    let features = Tensor.sideBySide(
      (old.map { [$0] } ?? []) + [learner.network.features(images.images, on: experience.device)])
    let z = wholeHead.map.outputs(features, on: experience.device)
    var soft = z
    soft.scale(by: 1 / temperature, 0..<z.shape[1])
    var loss = common.crossEntropy(soft, images.labels, experience)
    loss.gradient.scale(by: 1 / temperature, 0..<z.shape[1])
    let squares = wholeHead.update(
      features, loss.gradient, rate: secondRate, on: experience.device)
    return BatchResult(
      loss: loss.value, correct: experience.countRight(z, images.labels),
      count: images.labels.count, descent: .init(rate: secondRate, squares: squares))
  }

  mutating func survey(_ batch: Minibatch, _ experience: Experience, _ learner: inout Learner) {
    rehearsal.choose(batch.images, experience, &learner.memory, by: frozen + [learner.network])
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    if stage.purpose == .balance {
      let width = learner.network.architecture.features
      let inputs = wholeHead.map.inputs
      oldHead = TrainedMap(wholeHead.map.inputs(0..<inputs - width, withBias: false))
      learner.network.headMap = wholeHead.map.inputs(inputs - width..<inputs, withBias: true)
      wholeHead = TrainedMap()
    }
    rehearsal.refresh(after: stage, experience, learner.memory, by: frozen + [learner.network])
    if stage.evaluates { auxiliaryHead = TrainedMap() }
  }

  /// The head on the features of all backbones, those of `network` last.
  func headMap(_ network: Network) -> LinearMap {
    var map = oldHead.map
    map.growOutputs(to: network.architecture.outputs)
    map.appendInputs(network.headMap)
    return map
  }

  var classifiers: [Classifier] { [.linear, .nearestMean] }

  func scores(_ images: Tensor, _ experience: Experience, _ learner: Learner) -> [Tensor] {
    let outputs = learner.network.outputs(images, on: experience.device)
    let old = frozen.map { $0.features(images, on: experience.device) }
    var logits = outputs.logits[0]
    if !old.isEmpty {
      logits.add(
        oldHead.map.outputs(.sideBySide(old), on: experience.device), at: 0..<logits.shape[1])
    }
    let features = Tensor.sideBySide(old + [outputs.features])
    return [logits, rehearsal.means.scores(features, for: experience)]
  }

  /// The frozen backbones' features of a batch, [N, (t−1)·d]; nil while there are none. Where no
  /// transform is random they are computed once in a task.
  private mutating func oldFeatures(
    of images: [Int], _ batch: Batch, _ experience: Experience
  ) -> Tensor? {
    guard let first = frozen.first else { return nil }
    let width = frozen.count * first.architecture.features
    func compute(_ images: Tensor) -> Tensor {
      .sideBySide(frozen.map { $0.features(images, on: experience.device) })
    }
    let expected = experience.newImages.count + rehearsal.capacity(experience.tasks)
    guard !experience.data.transform.isRandom, expected * width * 4 <= FeatureCache.limit else {
      return compute(batch.images)
    }
    var kept = cache.value ?? FeatureCache(width: width, images: experience.newImages)
    cache.value = nil
    let features = kept.features(of: images) { compute(experience.plainBatch($0).images) }
    cache.value = kept
    return features
  }

  var keepsExemplars: Bool { true }

  var keptImages: [Int] { rehearsal.keptImages }

  func keptBytes(_ learner: Learner) -> Int? {
    let bodies = frozen.reduce(0) { sum, network in
      sum + network.weights.count + network.statistics.count - network.headMap.weights.count
        - network.headMap.bias.count
    }
    return 4 * (bodies + oldHead.map.weights.count + oldHead.map.bias.count)
  }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    let network = learner.network
    let width = network.architecture.features
    guard frozen.count < tasks.count, frozen.allSatisfy({ $0.isBody(like: network) }) else {
      return false
    }
    let maps = [oldHead, auxiliaryHead, wholeHead]
    return maps.allSatisfy(\.isPlausible)
      && (oldHead.map.outputs == 0 || oldHead.map.inputs == frozen.count * width)
      && (frozen.isEmpty || oldHead.map.outputs == network.architecture.outputs)
      && (auxiliaryHead.map.outputs == 0 || auxiliaryHead.map.inputs == width)
      && (wholeHead.map.outputs == 0
        || wholeHead.map.outputs == network.architecture.outputs
          && wholeHead.map.inputs == (frozen.count + 1) * width)
      // Until a task is over the means are those of the backbones before it.
      && [frozen.count, frozen.count + 1].contains {
        rehearsal.isPlausible(tasks, features: $0 * width)
      }
  }
}
