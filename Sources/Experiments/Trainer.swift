public import Datasets
public import Learning
public import Networks
public import Sessions

/// Drives runs: the one way in which the program trains. It tells a listener of every event, and
/// knows nothing of who listens: progress, logs and copies of the session are theirs.
public struct Trainer: Sendable {
  public var device: Device
  /// Asked after every step whether somebody wants it to stop.
  public var isInterrupted: @Sendable () -> Bool

  public init(on device: Device, isInterrupted: @escaping @Sendable () -> Bool = { false }) {
    self.device = device
    self.isInterrupted = isInterrupted
  }

  /// How a training ended.
  public enum Outcome: Sendable {
    /// At its goal.
    case done
    /// Before it, since `isInterrupted` was true.
    case interrupted
    /// With numbers that are not finite.
    case diverged(Divergence)
  }

  /// Trains a run until the goal is reached, or its numbers are no longer finite, or it is
  /// interrupted.
  ///
  /// - Parameters:
  ///   - data: What the run learns from; there must be no `TrainingObjection`.
  ///   - tell: Told of every event, with the run as it is after it.
  public func train(
    _ run: inout Run, _ data: DataSet, to goal: Run.Goal = .end, tell: (Event, Run) -> Void
  ) -> Outcome {
    precondition(TrainingObjection(to: run, data) == nil, "the run does not fit the data set")
    var divergence: Divergence?
    let isStopped = run.advance(data, on: device, to: goal) { event, run in
      divergence = Divergence(of: run, at: event)
      guard divergence == nil else { return false }
      tell(event, run)
      return !isInterrupted()
    }
    if let divergence { return .diverged(divergence) }
    return isStopped ? .interrupted : .done
  }

  /// Does the same with a run of a session. Every task's end becomes a checkpoint, before the
  /// listener is told of it; a run that diverges is taken back to the last that was reached here, or
  /// else to where it began.
  public func train(
    _ object: inout RunOnData, _ data: DataSet, to goal: Run.Goal = .end,
    tell: (Event, Run, Checkpoints) -> Void
  ) -> Outcome {
    var checkpoints = object.checkpoints
    var sound = object.run
    let outcome = train(&object.run, data, to: goal) { event, run in
      if case .taskEnded = event {
        checkpoints.keep(run)
        sound = run
      }
      tell(event, run, checkpoints)
    }
    object.checkpoints = checkpoints
    if case .diverged = outcome { object.run = sound }
    return outcome
  }
}
