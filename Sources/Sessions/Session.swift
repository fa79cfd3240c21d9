public import Datasets
public import Learning
public import Networks

/// Everything that is live: data sets, task sequences, networks and runs by name, and settings.
public struct Session: Sendable {
  /// The objects in the order in which they were made.
  public private(set) var names: [String] = []
  private var objects: [String: Object] = [:]
  public var settings = Settings()
  /// The successful commands, in order.
  public var journal: [JournalEntry] = []

  public init() {}

  public subscript(name: String) -> Object? { objects[name] }

  /// Adds an object, or puts it in the place of one with the same name.
  public mutating func set(_ name: String, to object: Object) {
    if objects.updateValue(object, forKey: name) == nil { names.append(name) }
  }

  @discardableResult
  public mutating func remove(_ name: String) -> Object? {
    names.removeAll { $0 == name }
    return objects.removeValue(forKey: name)
  }
}

/// A live object of a session.
public enum Object: Sendable {
  case data(DataSet)
  case tasks(Tasks)
  case network(Network)
  case run(RunOnData)
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

/// A run with the name of the data set it learns from.
public struct RunOnData: Codable, Hashable, Sendable {
  public var run: Run
  public var data: String

  public init(_ run: Run, on data: String) {
    self.run = run
    self.data = data
  }
}

/// What `set` changes.
public struct Settings: Codable, Hashable, Sendable {
  public var seed = 0
  /// nil: as many as the machine has cores.
  public var threads: Int?
  /// How pictures are shown: `auto`, `kitty`, `sixel`, `text` or `off`.
  public var plots = "auto"
  /// `auto`, `bar`, `lines` or `off`.
  public var progress = "auto"

  public init() {}
}

/// A command that was carried out.
public struct JournalEntry: Codable, Hashable, Sendable {
  /// In full, as it would stand in a script.
  public var command: String
  /// Seconds since 1970.
  public var time: Double
  public var seconds: Double

  public init(command: String, time: Double, seconds: Double) {
    self.command = command
    self.time = time
    self.seconds = seconds
  }
}
