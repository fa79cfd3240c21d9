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
  private struct Stored: Codable {
    var data: String
    var origin: RunOrigin?
    var branching: Branching?
    var group: String?
    var watch: Watch?
    var checkpoints: Checkpoints?
    var run: Run?
    /// Which checkpoint the run is at, in place of `run`.
    var at: Int?
  }

  public func encode(to encoder: any Encoder) throws {
    let index = checkpoints.states.firstIndex {
      $0 == run && $0.seconds.value == run.seconds.value
    }
    let stored = Stored(
      data: data, origin: origin, branching: branching, group: group, watch: watch,
      checkpoints: checkpoints, run: index == nil ? run : nil, at: index)
    try stored.encode(to: encoder)
  }

  public init(from decoder: any Decoder) throws {
    let stored = try Stored(from: decoder)
    (data, origin, branching) = (stored.data, stored.origin, stored.branching)
    (group, watch) = (stored.group, stored.watch)
    checkpoints = stored.checkpoints ?? Checkpoints()
    let states = checkpoints.states
    let isThere = stored.at.map(states.indices.contains) ?? true
    guard isThere, let run = stored.at.map({ states[$0] }) ?? stored.run else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "there is no such checkpoint"))
    }
    self.run = run
  }
}
