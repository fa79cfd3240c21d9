/// What a classifier is told about the task, and which outputs it has (van de Ven and Tolias 2019:
/// Three scenarios for continual learning).
public enum Scenario: String, CaseIterable, Codable, Hashable, Sendable {
  /// Every class has an output of its own and all outputs compete.
  case classIncremental = "class"
  /// Every class has an output of its own; the task of an image is told, so that only the outputs of
  /// that task compete.
  case taskIncremental = "task"
  /// All tasks share the same outputs: the n-th class of every task is output n.
  case domainIncremental = "domain"
}

extension Scenario: CustomStringConvertible {
  /// The word of the command language.
  public var description: String { rawValue }
}

extension TaskSequence {
  /// The outputs of tasks 0 … `task`.
  public func outputs(through task: Int) -> Int {
    scenario == .domainIncremental
      ? tasks[task].count : tasks[...task].reduce(0) { $0 + $1.count }
  }

  /// The outputs that a network has while it learns `task`.
  public func headOutputs(during task: Int) -> Int {
    outputs(through: hasAllOutputs ? count - 1 : task)
  }

  /// Whether the tasks' sizes fit the scenario.
  public var isPossible: Bool {
    scenario != .domainIncremental || Set(tasks.map(\.count)).count == 1
  }

  /// The outputs that stand for the classes of `task`.
  public func outputs(of task: Int) -> Range<Int> {
    let first =
      scenario == .domainIncremental ? 0 : tasks[..<task].reduce(0) { $0 + $1.count }
    return first..<first + tasks[task].count
  }

  /// The tasks 0 … `task` alone.
  public func through(_ task: Int) -> TaskSequence {
    TaskSequence(tasks: Array(tasks[...task]), scenario: scenario)
  }
}
