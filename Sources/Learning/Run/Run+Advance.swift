public import Datasets
public import Networks

extension Run {
  /// How far a run is to go.
  public enum Goal: Hashable, Sendable {
    /// Until all tasks are learned.
    case end
    /// So many more pieces of work, at least 1.
    case more(Int, Unit)
    /// Until this task, from 0, is learned.
    case task(Int)

    /// What is counted of a run's work.
    public enum Unit: String, CaseIterable, Sendable {
      /// A training step, or images that a stage looks at without training on them.
      case batch
      case epoch
      case task

      fileprivate func ends(with event: Event) -> Bool {
        switch (self, event) {
        case (.batch, .batchTrained), (.batch, .imagesSurveyed), (.epoch, .epochEnded),
          (.task, .taskEnded):
          true
        default: false
        }
      }
    }

    /// Counts an event.
    ///
    /// - Returns: Whether it reaches the goal.
    fileprivate mutating func isReached(by event: Event) -> Bool {
      switch self {
      case .end: return false
      case .more(let left, let unit):
        guard unit.ends(with: event) else { return false }
        self = .more(left - 1, unit)
        return left <= 1
      case .task(let wanted):
        if case .taskEnded(let task) = event { return task == wanted }
        return false
      }
    }
  }

  /// Steps until the goal is reached or the run is finished.
  public mutating func advance(_ data: DataSet, on device: Device, to goal: Goal = .end) {
    advance(data, on: device, to: goal) { _, _ in true }
  }

  /// Steps until the goal is reached, the run is finished, or the listener stops it.
  ///
  /// - Parameters:
  ///   - data: The data set with the run's `dataDigest`.
  ///   - listener: Told of every event, with the run as it is after it; false stops the run there.
  /// - Returns: Whether the listener stopped it short of the goal.
  @discardableResult
  public mutating func advance(
    _ data: DataSet, on device: Device, to goal: Goal = .end,
    telling listener: (Event, Run) throws -> Bool
  ) rethrows -> Bool {
    var goal = goal
    while !isFinished {
      let event = step(data, on: device)
      let goesOn = try listener(event, self)
      if goal.isReached(by: event) { return false }
      if !goesOn { return !isFinished }
    }
    return false
  }
}
