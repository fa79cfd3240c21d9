public import Datasets
public import Learning
public import Networks
internal import Tensors

/// A run with its checkpoints, the name of the data set it learns from, and where it came from.
public struct RunOnData: Hashable, Sendable {
  public var run: Run
  public var data: String
  public var checkpoints = Checkpoints()
  public var origin: RunOrigin?
  /// If it is a branch of another run: where and with what it began.
  public var branching: Branching?
  /// The name of the runs of several seeds that it is one of; nil if it stands by itself.
  public var group: String?
  /// What is measured while it learns, and what was.
  public var watch: Watch?

  /// A run whose present state is its first checkpoint.
  public init(
    _ run: Run, on data: String, origin: RunOrigin? = nil, branching: Branching? = nil,
    group: String? = nil
  ) {
    self.run = run
    self.data = data
    self.origin = origin
    self.branching = branching
    self.group = group
    checkpoints.keep(run)
  }

  /// Makes the present state a checkpoint.
  public mutating func keepCheckpoint() { checkpoints.keep(run) }
}

/// The objects that a run was made from, as they were.
public struct RunOrigin: Codable, Hashable, Sendable {
  public var network: String
  public var networkDigest: String
  /// `T`, or one of its tasks: `T.1`.
  public var tasks: String
  public var sequence: TaskSequence
  /// The tasks with their classes dealt out anew, if they were.
  public var shuffled: TaskSequence?
  /// True if the weights were drawn again: those that the network has do not matter then.
  public var hasFreshWeights: Bool?

  public init(network: String, _ value: Network, tasks: String, _ sequence: TaskSequence) {
    self.network = network
    networkDigest = tensorKey(value.weights.elements)
    self.tasks = tasks
    self.sequence = sequence
  }
}

/// How a run branched off another one.
public struct Branching: Codable, Hashable, Sendable {
  public var parent: String
  public var place: Checkpoints.Place
  /// The options that are others from there on.
  public var options: [String: OptionValue]
  public var seed: Int?

  public init(
    of parent: String, at place: Checkpoints.Place, options: [String: OptionValue], seed: Int?
  ) {
    self.parent = parent
    self.place = place
    self.options = options
    self.seed = seed
  }
}

/// A state that is a checkpoint too is saved once.
extension RunOnData: Codable {
  private enum Key: CodingKey {
    case data
    case origin
    case branching
    case group
    case watch
    case checkpoints
    case run
    /// Which checkpoint the run is at, in place of `run`.
    case at
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(data, forKey: .data)
    try fields.encodeIfPresent(origin, forKey: .origin)
    try fields.encodeIfPresent(branching, forKey: .branching)
    try fields.encodeIfPresent(group, forKey: .group)
    try fields.encodeIfPresent(watch, forKey: .watch)
    try fields.encode(checkpoints, forKey: .checkpoints)
    let index = checkpoints.states.firstIndex {
      $0 == run && $0.seconds.value == run.seconds.value
    }
    if let index {
      try fields.encode(index, forKey: .at)
    } else {
      try fields.encode(run, forKey: .run)
    }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    data = try fields.decode(String.self, forKey: .data)
    origin = try fields.decodeIfPresent(RunOrigin.self, forKey: .origin)
    branching = try fields.decodeIfPresent(Branching.self, forKey: .branching)
    group = try fields.decodeIfPresent(String.self, forKey: .group)
    watch = try fields.decodeIfPresent(Watch.self, forKey: .watch)
    checkpoints =
      try fields.decodeIfPresent(Checkpoints.self, forKey: .checkpoints) ?? Checkpoints()
    guard let index = try fields.decodeIfPresent(Int.self, forKey: .at) else {
      run = try fields.decode(Run.self, forKey: .run)
      return
    }
    guard checkpoints.states.indices.contains(index) else {
      throw DecodingError.dataCorruptedError(
        forKey: .at, in: fields, debugDescription: "there is no such checkpoint")
    }
    run = checkpoints.states[index]
  }
}
