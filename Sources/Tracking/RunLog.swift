import Foundation
import Learning

/// The log of one run, in as many forms as are wanted.
final class RunLog {
  let description: RunDescription
  private var feed: RunFeed
  private var writers: [(target: Int, writer: any LogWriter)] = []
  /// The last value of every metric, in the order in which they first came.
  private var summary: [LogRow.Scalar] = []
  private var places: [String: Int] = [:]
  /// Where the run stands that the log follows.
  private var epochs = 0
  private var evaluations = 0
  private let clock = ContinuousClock()
  private var flushed = ContinuousClock.now

  /// Rows that come later than this after the last ones were written are written at once, so that
  /// others can look on.
  private static let patience = Duration.seconds(2)

  init(_ description: RunDescription) {
    self.description = description
    feed = RunFeed()
  }

  /// Whether the log says all of what `run` did, and nothing else.
  func follows(_ run: Run) -> Bool {
    feed.steps == run.history.steps && epochs == run.history.epochs.count
      && evaluations == run.history.evaluations.count
  }

  /// Adds forms of log, and writes down what the run did so far.
  ///
  /// - Parameter openers: By the number of their target.
  /// - Returns: What failed, by the number of its target.
  func begin(
    _ run: Run, _ openers: [(target: Int, open: (RunDescription) throws(LogError) -> any LogWriter)]
  ) -> [Int: LogError] {
    var failures: [Int: LogError] = [:]
    for (target, open) in openers {
      do throws(LogError) {
        writers.append((target, try open(description)))
      } catch {
        failures[target] = error
      }
    }
    let (rows, feed) = RunFeed.replay(run)
    self.feed = feed
    (epochs, evaluations) = (run.history.epochs.count, run.history.evaluations.count)
    let now = Date().timeIntervalSince1970
    for row in rows { failures.merge(write(row, time: now)) { first, _ in first } }
    return failures.merging(flush()) { first, _ in first }
  }

  /// Writes what `event` brought.
  ///
  /// - Parameter run: As it is after the event.
  func take(_ event: Event, of run: Run) -> [Int: LogError] {
    if writers.isEmpty { return [:] }
    var failures: [Int: LogError] = [:]
    if let row = feed.row(for: event, of: run) {
      failures = write(row, time: Date().timeIntervalSince1970)
    }
    switch event {
    case .epochEnded: epochs += 1
    case .taskEvaluated: evaluations += 1
    default: break
    }
    let isTaskEnd = if case .taskEnded = event { true } else { false }
    if isTaskEnd || clock.now - flushed > Self.patience {
      failures.merge(flush()) { first, _ in first }
    }
    return failures
  }

  /// Writes what was collected.
  func flush() -> [Int: LogError] {
    flushed = clock.now
    return each { writer throws(LogError) in try writer.flush(summary: self.summary) }
  }

  func close(isComplete: Bool) -> [Int: LogError] {
    let now = Date().timeIntervalSince1970
    defer { writers = [] }
    return each { writer throws(LogError) in
      try writer.close(summary: self.summary, isComplete: isComplete, time: now)
    }
  }

  private func write(_ row: LogRow, time: Double) -> [Int: LogError] {
    for scalar in row.scalars {
      if let place = places[scalar.metric] {
        summary[place].value = scalar.value
      } else {
        places[scalar.metric] = summary.count
        summary.append(scalar)
      }
    }
    return each { writer throws(LogError) in try writer.write(row, time: time) }
  }

  /// Lets every writer do something; one that fails is not asked again.
  private func each(_ body: (any LogWriter) throws(LogError) -> Void) -> [Int: LogError] {
    var failures: [Int: LogError] = [:]
    for (target, writer) in writers {
      do throws(LogError) {
        try body(writer)
      } catch {
        failures[target] = error
      }
    }
    if !failures.isEmpty { writers.removeAll { failures[$0.target] != nil } }
    return failures
  }
}
