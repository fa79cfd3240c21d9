public import CommandLanguage
import Datasets
import Learning
import Networks
public import Sessions

extension ObjectKind {
  static let data = ObjectKind("data", "a data set")
  static let tasks = ObjectKind("tasks", "a task sequence")
  static let task = ObjectKind("task", "a task")
  static let network = ObjectKind("net", "a network")
  static let run = ObjectKind("run", "a run")
  /// The common name of runs that differ in their seed.
  static let runs = ObjectKind("runs", "runs of several seeds")
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
    case .unavailable: .unavailable
    case .unknown: .unknown
    }
  }
}

extension Session: ObjectDirectory {
  public func kind(of name: String) -> ObjectKind? {
    if let object = self[name] { return object.objectKind }
    if !runs(of: name).isEmpty { return .runs }
    return task(name) == nil ? nil : .task
  }

  public func names(of kind: ObjectKind) -> [String] {
    if kind == .runs { return groups.filter { self[$0] == nil }.sorted() }
    guard kind == .task else { return names.filter { self[$0]?.objectKind == kind }.sorted() }
    return names(of: .tasks).flatMap { name -> [String] in
      guard case .tasks(let tasks)? = self[name] else { return [] }
      return (1...max(1, tasks.sequence.count)).map { "\(name).\($0)" }
    }
  }

  public func kind(ofPart mark: Character, in kind: ObjectKind) -> ObjectKind? {
    mark == "." && kind == .tasks ? .task : nil
  }

  /// The task sequence and the position (from 0) that a name such as `T.2` stands for.
  func task(_ name: String) -> (tasks: Tasks, position: Int)? {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, case .tasks(let tasks)? = self[String(parts[0])],
      let number = Int(parts[1]), (1...tasks.sequence.count).contains(number)
    else { return nil }
    return (tasks, number - 1)
  }
}
