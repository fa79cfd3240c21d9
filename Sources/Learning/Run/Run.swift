public import Datasets
public import Metrics
public import Networks
import Randomness
public import Tensors

/// A strategy teaching a network task after task: a value that does one piece of work at a time.
///
/// Copying a run branches it; encoding it saves it. All that a step depends on is in the run, in the
/// data set named by `dataDigest`, and in nothing else: a run resumed ends with the same bits.
public struct Run: Codable, Hashable, Sendable {
  /// Which run it is; steps change none of it.
  public struct Setup: Codable, Hashable, Sendable {
    public var strategy: String
    public var options: OptionValues
    public var tasks: TaskSequence
    public var transform: Transform
    public var dataDigest: String
    public var seed: Int
    /// Which of the program's rules the run began with; see `RuleChange`.
    public var rules = RuleChange.current
  }

  public internal(set) var setup: Setup
  public internal(set) var position = Position()
  public internal(set) var phase = Phase.beginTask
  /// How the task under way is learned.
  public internal(set) var stages: [Stage] = []
  public internal(set) var learner: Learner
  public internal(set) var history = History()
  /// Seconds spent in steps.
  public internal(set) var seconds = Measured(0.0)
  var strategy: AnyStrategy
  /// The order of the images in the epoch under way; made anew when missing.
  var epochOrder = Scratch<[Int]>()

  /// - Throws: `StrategyObjection` if the strategy cannot teach this network.
  public init(
    _ strategy: any Strategy.Type, options: OptionValues, network: Network, data: DataSet,
    tasks: TaskSequence, seed: Int
  ) throws {
    let fresh = strategy.init(options)
    if let objection = fresh.anyObjection(to: network.architecture, tasks) {
      throw objection
    }
    let met = tasks.with(fresh.tasks(tasks.tasks))
    setup = Setup(
      strategy: strategy.description.name, options: options, tasks: met, transform: data.transform,
      dataDigest: data.digest, seed: seed)
    learner = Learner(network)
    self.strategy = AnyStrategy(fresh)
  }

  public var tasks: TaskSequence { setup.tasks }
  public var network: Network { learner.network }
  public var isFinished: Bool { phase == .finished }

  /// Tasks whose last step is done.
  public var tasksDone: Int { position.task }

  /// Networks side by side whose features the run's own head reads together; `network` is the last.
  public var backbones: [Network] {
    ((strategy.base as? ExpandableRepresentation)?.frozen ?? []) + [network]
  }

  /// The layer that the run's scores come from where it classifies by one that was trained, as wide
  /// as the features of all backbones; nil if it does not.
  public var outputLayer: OutputLayer? {
    guard classifiers.contains(.linear) else { return nil }
    let own = OutputLayer(network)
    guard let base = strategy.base as? ExpandableRepresentation, !base.frozen.isEmpty else {
      return own
    }
    return OutputLayer(base.headMap(network))
  }

  /// What files hold of the run's network, or of all of them with the head that reads them together.
  public var writtenNetwork: WrittenNetwork {
    guard backbones.count > 1, let layer = outputLayer, let bias = layer.bias else {
      return WrittenNetwork(network)
    }
    return WrittenNetwork(
      joining: backbones, weights: layer.weights, bias: Tensor([bias.count], bias))
  }

  /// Whether the run classifies by its network's scores after a correction of its own.
  public var correctsScores: Bool { strategy.base is BiasCorrection }

  /// What the run makes of the scores of each task's classes before it classifies; empty if it
  /// corrects none.
  package var corrections: [LogitCorrection] {
    (strategy.base as? BiasCorrection)?.corrections ?? []
  }

  /// The ways in which the run's strategy classifies, in the order of `scores`.
  public var classifiers: [Classifier] { strategy.base.classifiers }

  /// After each task, by one of the run's classifiers; nil if it has no such.
  public func evaluations(by classifier: Classifier) -> [Evaluation]? {
    guard classifier != classifiers.first else { return history.evaluations }
    guard classifiers.contains(classifier) else { return nil }
    return history.others.first { $0.classifier == classifier }?.evaluations ?? []
  }

  /// What the run came to so far.
  ///
  /// - Parameters:
  ///   - classifier: The strategy's first if nil; no figures if it has no such.
  ///   - count: After so many tasks; all that were evaluated if nil.
  public func metrics(
    by metric: AccuracyMetric = .accuracy, classifier: Classifier? = nil, after count: Int? = nil
  ) -> IncrementalMetrics {
    let all = classifier.map { evaluations(by: $0) ?? [] } ?? history.evaluations
    return IncrementalMetrics(
      Array(all.prefix(count ?? all.count)), tasks: tasks.tasks, by: metric)
  }

  /// What the strategy carries from task to task besides the network; nil if it keeps all images.
  public var kept: KeptMemory? {
    strategy.base.keptBytes(learner).map { bytes in
      KeptMemory(
        exemplars: learner.memory.count, imageBytes: network.architecture.input.count,
        otherBytes: bytes, isRedrawn: tasksDone > 1 && strategy.base.redrawsExemplars)
    }
  }

  /// Whether the strategy keeps exemplars from task to task.
  public var keepsExemplars: Bool { strategy.base.keepsExemplars }

  /// Mean over all tasks but the first of (accuracy on a task just before it is learned − chance);
  /// nil where a task has no outputs until it is learned.
  public var forwardTransfer: Double? { forwardTransfer { $0.accuracy } }

  /// The same by another figure than accuracy over all images.
  public func forwardTransfer(by figure: (Evaluation) -> Double?) -> Double? {
    Metrics.forwardTransfer(
      ahead: history.ahead, chance: 100 / Double(max(1, tasks.outputs(of: 0).count)), by: figure)
  }

  /// Whether all sizes and positions in the strategy's state are possible.
  public var hasPlausibleStrategy: Bool {
    strategy.base.isPlausible(learner, setup.tasks)
      && (!setup.tasks.hasAllOutputs || type(of: strategy.base).takesAllOutputs)
  }

  /// How the learner, as it is now, scores images: for every classifier [N, outputs so far].
  ///
  /// - Parameter images: [N, height, width, channels], after the run's transform.
  public func scores(_ images: Tensor, _ data: DataSet, on device: Device) -> [Tensor] {
    // Between tasks the classes of the next one are still to come.
    let begun = isBetweenTasks ? max(0, position.task - 1) : position.task
    return strategy.base.scores(images, experience(data, on: device, ofTask: begun), learner)
  }

  /// What the strategy may see of the task under way, or of the last one; of another, if it is told.
  func experience(_ data: DataSet, on device: Device, ofTask told: Int? = nil) -> Experience {
    var data = data
    data.transform = setup.transform
    let task = min(told ?? position.task, tasks.count - 1)
    return Experience(data: data, tasks: tasks, task: task, random: random, device: device)
  }

  var stage: Stage { stages[position.stage] }

  /// The stream that everything random in the run is drawn from.
  var random: RandomStream { RandomStream(seed: UInt64(bitPattern: Int64(setup.seed))) }
}

/// A figure that differs from time to time, such as seconds: saved, but no part of equality.
public struct Measured<Value: Codable & Sendable>: Codable, Hashable, Sendable {
  public var value: Value

  public init(_ value: Value) { self.value = value }

  public static func == (a: Measured, b: Measured) -> Bool { true }

  public func hash(into hasher: inout Hasher) {}
}

extension Run.Setup {
  private enum CodingKeys: CodingKey {
    case strategy
    case options
    case tasks
    case transform
    case dataDigest
    case seed
    case rules
  }

  /// Options that the writer of a file did not know have their standard values: those of an option
  /// that comes later are what was done before it came.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    strategy = try fields.decode(String.self, forKey: .strategy)
    let given = try fields.decode(OptionValues.self, forKey: .options).values
    options = OptionValues(Strategies.named(strategy)?.options ?? [], given: given)
    tasks = try fields.decode(TaskSequence.self, forKey: .tasks)
    transform = try fields.decode(Transform.self, forKey: .transform)
    dataDigest = try fields.decode(String.self, forKey: .dataDigest)
    seed = try fields.decode(Int.self, forKey: .seed)
    rules = try fields.decodeIfPresent(Int.self, forKey: .rules) ?? 1
  }
}
