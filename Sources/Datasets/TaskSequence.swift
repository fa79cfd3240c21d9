/// The classes that a network is taught, task by task.
public struct TaskSequence: Codable, Hashable, Sendable {
  public let tasks: [[Int]]

  /// `tasks` must not be empty, nor repeat a class.
  public init(tasks: [[Int]]) {
    self.tasks = tasks
  }

  public var count: Int { tasks.count }

  /// All classes of tasks 0 … `task`, in the order in which they are met: the order of a
  /// network's outputs.
  public func classes(through task: Int) -> [Int] { tasks[...task].flatMap(\.self) }
}
