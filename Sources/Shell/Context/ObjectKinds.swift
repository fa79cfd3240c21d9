public import CommandLanguage
import Datasets
import Learning
import Networks
public import Sessions

extension ObjectKind {
  static let data = ObjectKind("data", "a data set", madeBy: "load")
  static let tasks = ObjectKind("tasks", "a task sequence", madeBy: "tasks")
  static let task = ObjectKind("task", "a task", madeBy: "tasks")
  static let network = ObjectKind("net", "a network", madeBy: "define model")
  static let run = ObjectKind("run", "a run", madeBy: "run")
  /// The common name of runs that differ in their seed.
  static let runs = ObjectKind("runs", "runs of several seeds", madeBy: "run")
  static let checkpoint = ObjectKind("checkpoint", "a checkpoint of a run", madeBy: "run")
  /// A table of one's own.
  static let table = ObjectKind("table", "a table of results", madeBy: "table")
  /// Data that could not be loaded again: no command takes it but `show` and `drop`.
  static let unavailable = ObjectKind("unavailable", "a data set that could not be loaded")
  static let unknown = ObjectKind("unknown", "an object of another version")
}

extension Object {
  /// What the language calls it.
  public var objectKind: ObjectKind {
    switch self {
    case .data: .data
    case .tasks: .tasks
    case .network: .network
    case .run: .run
    case .table: .table
    case .unavailable: .unavailable
    case .unknown: .unknown
    }
  }
}

extension Session: ObjectDirectory {
  public func kind(of name: String) -> ObjectKind? {
    if let object = self[name] { return object.objectKind }
    if !runs(of: name).isEmpty { return .runs }
    // Whether it is there is seen when it is needed: a script may come by it before.
    if namesCheckpoint(name) { return .checkpoint }
    return task(name) == nil ? nil : .task
  }

  public func members(of name: String) -> [String] { runs(of: name) }

  public var seed: UInt64? { UInt64(bitPattern: Int64(settings.seed)) }

  public func names(of kind: ObjectKind) -> [String] {
    switch kind {
    case .runs: groups.filter { self[$0] == nil }.sorted()
    case .task:
      names(of: .tasks).flatMap { name -> [String] in
        guard case .tasks(let tasks)? = self[name] else { return [] }
        return (1...max(1, tasks.sequence.count)).map { "\(name).\($0)" }
      }
    case .checkpoint:
      names(of: .run).flatMap { name -> [String] in
        guard case .run(let run)? = self[name] else { return [] }
        return run.checkpoints.names(of: name)
      }
    default: names.filter { self[$0]?.objectKind == kind }.sorted()
    }
  }

  public func kind(ofPart mark: Character, in kind: ObjectKind) -> ObjectKind? {
    switch (mark, kind) {
    case (".", .tasks): .task
    case ("@", .run): .checkpoint
    default: nil
    }
  }
}

/// What parts of objects are called that an option names and completion offers.
enum PartNoun {
  static let layer = "layer"
  static let convolution = "convolution"
  static let checkpoint = "checkpoint"
  /// Of a run's strategy; as the function `option(RUN, NAME)` is called.
  static let option = "option"
}

extension Session {
  /// The layers of a network, a run's or a checkpoint's too, that can be looked at; the checkpoints of a
  /// run, and the options of its strategy; the columns of a table.
  public func parts(_ noun: String, of name: String) -> [String] {
    if noun == ValueShape.column {
      if case .table(let table)? = self[name] { return table.columns }
      return []
    }
    if case .run(let run)? = self[name] {
      switch noun {
      case PartNoun.checkpoint: return run.checkpoints.places.map { "\($0)" }
      case PartNoun.option: return run.run.setup.options.values.keys.sorted()
      default: break
      }
    }
    let network: Network? =
      switch self[name] {
      case .network(let network)?: network
      case .run(let run)?: run.run.network
      default: checkpoint(name)?.state.network
      }
    let layers = network?.architecture.mapLayers ?? []
    switch noun {
    case PartNoun.convolution: return layers.filter(\.isConvolution).map(\.name)
    case PartNoun.layer: return layers.map(\.name)
    default: return []
    }
  }
}

extension Checkpoints {
  /// `kd@0`, `kd@2.57`, ….
  func names(of run: String) -> [String] { places.map { "\(run)\($0)" } }
}
