internal import Randomness

/// The classes that a network is taught, task by task.
public struct TaskSequence: Codable, Hashable, Sendable {
  public let tasks: [[Int]]
  public let scenario: Scenario

  /// `tasks` must not be empty, nor repeat a class; in the domain-incremental scenario all are of
  /// one size.
  public init(tasks: [[Int]], scenario: Scenario = .classIncremental) {
    self.tasks = tasks
    self.scenario = scenario
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    tasks = try fields.decode([[Int]].self, forKey: .tasks)
    scenario = try fields.decodeIfPresent(Scenario.self, forKey: .scenario) ?? .classIncremental
  }

  public var count: Int { tasks.count }

  /// All classes of tasks 0 … `task`, in the order in which they are met: the order of a
  /// network's outputs, if every class has its own.
  public func classes(through task: Int) -> [Int] { tasks[...task].flatMap(\.self) }

  /// Tasks of the same sizes, with the same classes dealt out anew.
  public func shuffled(seed: Int) -> TaskSequence {
    var classes = tasks.flatMap(\.self)
    var random = RandomStream(seed: UInt64(bitPattern: Int64(seed))).stream("classes")
    random.shuffle(&classes)
    var left = classes[...]
    return TaskSequence(
      tasks: tasks.map { task in
        defer { left = left.dropFirst(task.count) }
        return Array(left.prefix(task.count))
      }, scenario: scenario)
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
    of size: Int, count: Int? = nil, order: Order = .natural, classCount: Int
  ) throws(TaskSequenceError) -> TaskSequence {
    guard size > 0 else { throw .sizeOutOfRange(size) }
    if let count, count <= 0 { throw .countOutOfRange(count) }
    var classes = Array(0..<max(classCount, 0))
    switch order {
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
    let full = classes.count / size
    guard full > 0, count ?? full <= full else {
      throw .tooFewClasses(size: size, count: count ?? 1, available: classes.count)
    }
    return TaskSequence(
      tasks: (0..<(count ?? full)).map { Array(classes[$0 * size..<($0 + 1) * size]) })
  }
}

/// Why classes cannot be divided as asked.
public enum TaskSequenceError: Error, Hashable, Sendable {
  case sizeOutOfRange(Int)
  case countOutOfRange(Int)
  /// `count` tasks of `size` classes are more than the `available` classes.
  case tooFewClasses(size: Int, count: Int, available: Int)
  case repeatedClass(Int)
  case classOutOfRange(Int, classCount: Int)
}
