public import Datasets
public import Networks

/// A live object of a session.
public enum Object: Sendable {
  case data(DataSet)
  case tasks(Tasks)
  case network(Network)
  case run(RunOnData)
  /// A table of one's own.
  case table(ResultTable)
  /// A data set that could not be loaded again when the session was restored.
  case unavailable(UnavailableData)
  /// An object of a kind that another version of the program saved.
  case unknown(UnknownObject)
}

extension Object {
  /// The kind under which session files list the object: `data` for unavailable data too.
  public var kind: String {
    switch self {
    case .data, .unavailable: Kind.data.rawValue
    case .tasks: Kind.tasks.rawValue
    case .network: Kind.network.rawValue
    case .run: Kind.run.rawValue
    case .table: Kind.table.rawValue
    case .unknown(let object): object.kind
    }
  }

  enum Kind: String {
    case data
    case tasks
    case network
    case run
    case table
  }

  /// The data set that the object makes use of.
  var data: String? {
    switch self {
    case .tasks(let tasks): tasks.data
    case .run(let run): run.data
    case .data, .network, .table, .unavailable, .unknown: nil
    }
  }
}

/// A task sequence with the name of the data set it divides.
public struct Tasks: Codable, Hashable, Sendable {
  public var sequence: TaskSequence
  public var data: String

  public init(_ sequence: TaskSequence, of data: String) {
    self.sequence = sequence
    self.data = data
  }
}

/// What a session file holds of an object whose kind this version does not know: kept as it is, so
/// that the next save does not lose it.
public struct UnknownObject: Hashable, Sendable {
  public let kind: String
  /// JSON.
  let content: [UInt8]
  /// The arrays that the content refers to, by key.
  let tensors: [String: [Float]]
}
