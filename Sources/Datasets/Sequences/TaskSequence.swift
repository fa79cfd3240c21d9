internal import Randomness

/// The classes that a network is taught, task by task.
public struct TaskSequence: Codable, Hashable, Sendable {
  public let tasks: [[Int]]
  public let scenario: Scenario
  /// Whether a network that is taught them has the outputs of all tasks from the first one on, rather
  /// than those of the tasks so far: those of classes to come then compete, and are pushed down, before
  /// there is an image of them.
  public let hasAllOutputs: Bool

  /// `tasks` must not be empty, nor repeat a class; in the domain-incremental scenario all are of
  /// one size.
  public init(
    tasks: [[Int]], scenario: Scenario = .classIncremental, hasAllOutputs: Bool = false
  ) {
    self.tasks = tasks
    self.scenario = scenario
    self.hasAllOutputs = hasAllOutputs
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    tasks = try fields.decode([[Int]].self, forKey: .tasks)
    scenario = try fields.decodeIfPresent(Scenario.self, forKey: .scenario) ?? .classIncremental
    hasAllOutputs = try fields.decodeIfPresent(Bool.self, forKey: .hasAllOutputs) ?? false
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(tasks, forKey: .tasks)
    try fields.encode(scenario, forKey: .scenario)
    // Left out where it is not so: files of before are as they were.
    if hasAllOutputs { try fields.encode(true, forKey: .hasAllOutputs) }
  }

  private enum CodingKeys: CodingKey {
    case tasks
    case scenario
    case hasAllOutputs
  }

  /// Other tasks in the same setting.
  public func with(_ tasks: [[Int]]) -> TaskSequence {
    TaskSequence(tasks: tasks, scenario: scenario, hasAllOutputs: hasAllOutputs)
  }

  /// The same tasks, with the outputs of all of them from the first one on or not.
  public func withAllOutputs(_ hasAll: Bool) -> TaskSequence {
    TaskSequence(tasks: tasks, scenario: scenario, hasAllOutputs: hasAll)
  }

  public var count: Int { tasks.count }

  /// All classes of tasks 0 … `task`, in the order in which they are met: the order of a
  /// network's outputs, if every class has its own.
  public func classes(through task: Int) -> [Int] { tasks[...task].flatMap(\.self) }

  /// The task, from 0, that each class belongs to.
  public var taskOfClass: [Int: Int] {
    var tasks: [Int: Int] = [:]
    for (task, classes) in self.tasks.enumerated() {
      for label in classes { tasks[label] = task }
    }
    return tasks
  }

  /// Tasks of the same sizes, with the same classes dealt out anew.
  public func shuffled(seed: Int) -> TaskSequence {
    var classes = tasks.flatMap(\.self)
    var random = RandomStream(seed: UInt64(bitPattern: Int64(seed))).stream("classes")
    random.shuffle(&classes)
    return with(classes.dealt(tasks.map(\.count)))
  }
}

extension TaskSequence {
  /// The order in which classes are dealt out to tasks.
  public enum Order: Codable, Hashable, Sendable {
    case natural
    case shuffled(seed: Int)
    /// These classes only, in this order.
    case listed([Int])
  }

  /// Consecutive groups of `size` classes; those that are left over belong to no task.
  ///
  /// - Parameter count: How many groups; as many as there are full ones, if nil.
  public static func groups(
    of size: Int, count: Int? = nil, order: Order = .natural,
    scenario: Scenario = .classIncremental, classCount: Int
  ) throws(TaskSequenceError) -> TaskSequence {
    guard size > 0 else { throw .sizeOutOfRange(size) }
    if let count, count <= 0 { throw .countOutOfRange(count) }
    let classes = try order.classes(of: classCount)
    let full = classes.count / size
    guard full > 0, count ?? full <= full else {
      throw .tooFewClasses(size: size, count: count ?? 1, available: classes.count)
    }
    return TaskSequence(
      tasks: classes.dealt(Array(repeating: size, count: count ?? full)), scenario: scenario)
  }

  /// Consecutive groups of the given sizes; classes that are left over belong to no task.
  public static func groups(
    sizes: [Int], order: Order = .natural, scenario: Scenario = .classIncremental, classCount: Int
  ) throws(TaskSequenceError) -> TaskSequence {
    if let size = sizes.first(where: { $0 <= 0 }) { throw .sizeOutOfRange(size) }
    guard !sizes.isEmpty else { throw .countOutOfRange(0) }
    let classes = try order.classes(of: classCount)
    let wanted = sizes.reduce(0, +)
    guard wanted <= classes.count else {
      throw .sizesExceed(sum: wanted, available: classes.count)
    }
    let sequence = TaskSequence(tasks: classes.dealt(sizes), scenario: scenario)
    guard sequence.isPossible else { throw .unequalSizes(sizes) }
    return sequence
  }
}

extension [Int] {
  /// Consecutive groups of these sizes.
  fileprivate func dealt(_ sizes: [Int]) -> [[Int]] {
    var left = self[...]
    return sizes.map { size in
      defer { left = left.dropFirst(size) }
      return Array(left.prefix(size))
    }
  }
}

extension TaskSequence.Order {
  /// The classes in this order.
  fileprivate func classes(of classCount: Int) throws(TaskSequenceError) -> [Int] {
    var classes = Array(0..<max(classCount, 0))
    switch self {
    case .natural: break
    case .shuffled(let seed):
      var random = RandomStream(seed: UInt64(bitPattern: Int64(seed))).stream("classes")
      random.shuffle(&classes)
    case .listed(let listed):
      var seen = Set<Int>()
      for label in listed {
        guard classes.indices.contains(label) else {
          throw .classOutOfRange(label, classCount: classCount)
        }
        guard seen.insert(label).inserted else { throw .repeatedClass(label) }
      }
      classes = listed
    }
    return classes
  }
}

/// Why classes cannot be divided as asked.
public enum TaskSequenceError: Error, Hashable, Sendable {
  case sizeOutOfRange(Int)
  case countOutOfRange(Int)
  /// `count` tasks of `size` classes are more than the `available` classes.
  case tooFewClasses(size: Int, count: Int, available: Int)
  /// The sizes add up to more than there are classes.
  case sizesExceed(sum: Int, available: Int)
  /// Tasks that share their outputs have to be of one size.
  case unequalSizes([Int])
  case repeatedClass(Int)
  case classOutOfRange(Int, classCount: Int)
}
