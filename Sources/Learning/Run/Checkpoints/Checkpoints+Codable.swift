import Tensors

/// Checkpoints are saved with one history, that of the last, of which the others' are beginnings.
extension Checkpoints: Codable {
  private enum Key: CodingKey {
    case history
    case points
  }

  private struct Point: Codable {
    /// How much of the common history is this state's; nil if it has one of its own.
    var extent: History.Extent?
    var state: Run
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    let common = states.last?.history ?? History()
    try fields.encode(common, forKey: .history)
    try fields.encode(
      states.map { state in
        var point = Point(extent: state.history.extent, state: state)
        point.state.history = state.history.remainder
        // What a later version adds to a history is saved whole rather than lost.
        guard let extent = point.extent,
          common.beginning(extent, with: point.state.history) == state.history
        else { return Point(extent: nil, state: state) }
        return point
      }, forKey: .points)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let common = try fields.decode(History.self, forKey: .history)
    let states = try fields.decode([Point].self, forKey: .points).map { point throws -> Run in
      guard let extent = point.extent else { return point.state }
      guard let history = common.beginning(extent, with: point.state.history) else {
        throw DecodingError.dataCorruptedError(
          forKey: .points, in: fields, debugDescription: "a checkpoint is longer than its run")
      }
      var state = point.state
      state.history = history
      return state
    }
    guard let checkpoints = Checkpoints(states) else {
      throw DecodingError.dataCorruptedError(
        forKey: .points, in: fields, debugDescription: "the checkpoints are not in order")
    }
    self = checkpoints
  }
}

extension History {
  /// How long the lists are that only grow.
  struct Extent: Codable, Hashable, Sendable {
    var losses: Int
    var epochs: Int
    var evaluations: Int
  }

  var extent: Extent {
    Extent(losses: losses.count, epochs: epochs.count, evaluations: evaluations.count)
  }

  /// The history without the lists that only grow.
  var remainder: History {
    var rest = self
    rest.losses = Block([])
    rest.epochs = []
    rest.evaluations = []
    return rest
  }

  /// An earlier history: so much of the lists, and `remainder`; nil if they are not so long.
  func beginning(_ extent: Extent, with remainder: History) -> History? {
    guard (0...losses.count).contains(extent.losses), (0...epochs.count).contains(extent.epochs),
      (0...evaluations.count).contains(extent.evaluations)
    else { return nil }
    var history = remainder
    history.losses = Block(Array(losses.elements.prefix(extent.losses)))
    history.epochs = Array(epochs.prefix(extent.epochs))
    history.evaluations = Array(evaluations.prefix(extent.evaluations))
    return history
  }
}
