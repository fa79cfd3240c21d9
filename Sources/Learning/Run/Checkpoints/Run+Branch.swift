public import Datasets
import Networks

/// Why a run cannot go on with other options.
public enum BranchObjection: Error, Hashable, Sendable {
  /// The task under way was begun with the old values; `end` is where it began.
  case withinTask(options: [String], end: Checkpoints.Place)
  /// Nothing comes after the end.
  case finished(options: [String])
  /// The option decides what the tasks are.
  case changesTasks(option: String)
  /// What was learned so far contains the option.
  case isPartOfThePast(option: String)
  /// The strategy cannot do with the options.
  case objection(StrategyObjection)
}

extension Run {
  /// The same run from here on with other options: what was stays, what comes may differ.
  ///
  /// - Parameters:
  ///   - changes: Options of the strategy, within their ranges.
  ///   - seed: Another seed for what is still to be drawn.
  ///   - sequence: The tasks as they were before the strategy arranged them.
  public func branched(
    _ changes: [String: OptionValue], seed: Int? = nil, sequence: TaskSequence? = nil
  ) throws(BranchObjection) -> Run {
    let changes = changes.filter { setup.options.values[$0.key] != $0.value }
    let seed = seed == setup.seed ? nil : seed
    let names = changes.keys.sorted() + (seed == nil ? [] : ["seed"])
    if names.isEmpty { return self }
    guard !isFinished else { throw .finished(options: names) }
    guard isBetweenTasks else {
      throw .withinTask(options: names, end: Checkpoints.Place(task: position.task))
    }
    var branch = self
    if let seed { branch.setup.seed = seed }
    if place == Checkpoints.Place(task: 0) {
      branch = branch.starting(changes, sequence)
    } else {
      for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
        try branch.change(name, to: value)
      }
    }
    if let objection = branch.strategy.base.anyObjection(
      to: branch.network.architecture, branch.tasks)
    {
      throw .objection(objection)
    }
    return branch
  }

  /// At the very beginning there is no past yet.
  private func starting(_ changes: [String: OptionValue], _ sequence: TaskSequence?) -> Run {
    var run = self
    run.setup.options.change(changes)
    let fresh = type(of: strategy.base).init(run.setup.options)
    run.setup.tasks = setup.tasks.with(fresh.tasks((sequence ?? setup.tasks).tasks))
    run.strategy = AnyStrategy(fresh)
    return run
  }

  private mutating func change(_ name: String, to value: OptionValue) throws(BranchObjection) {
    let type = type(of: strategy.base)
    var options = setup.options
    options.change([name: value])
    let fresh = type.init(options)
    guard fresh.tasks(tasks.tasks) == tasks.tasks else { throw .changesTasks(option: name) }
    let old = AnyStrategy(type.init(setup.options))
    guard let changed = strategy.changed(from: old, to: AnyStrategy(fresh)) else {
      throw .isPartOfThePast(option: name)
    }
    strategy = changed
    setup.options = options
  }
}

extension OptionValues {
  mutating func change(_ changes: [String: OptionValue]) {
    self = OptionValues([], given: values.merging(changes) { $1 })
  }
}
