import Foundation
import Learning

/// The log of one run, in as many forms as are wanted.
final class RunLog {
  private var feed: RunFeed
  private var writers: [(target: Int, writer: any LogWriter)] = []
  /// Why a form of log is not written any more, by the number of its target.
  private(set) var failures: [Int: LogError] = [:]
  /// The last value of every metric, in the order in which they first came.
  private var summary: [LogRow.Scalar] = []
  private var places: [String: Int] = [:]
  private let clock = ContinuousClock()
  private var flushed = ContinuousClock.now

  /// Rows that come later than this after the last ones were written are written at once, so that
  /// others can look on.
  private static let patience = Duration.seconds(2)

  /// Opens the log, and writes down what the run did so far.
  ///
  /// - Parameter targets: With their numbers.
  init(
    of run: Run, _ description: RunDescription,
    in targets: [(offset: Int, element: Tracking.Target)]
  ) {
    let (rows, feed) = RunFeed.replay(run)
    self.feed = feed
    for (number, target) in targets {
      do throws(LogError) {
        writers.append((number, try target.open(description)))
      } catch {
        failures[number] = error
      }
    }
    let now = Date().timeIntervalSince1970
    for row in rows { write(row, time: now) }
    flush()
  }

  /// The files or folders that are written to.
  var paths: [String] { writers.map(\.writer.path) }

  /// Whether the log says all of what `run` did, and nothing else.
  func follows(_ run: Run) -> Bool { feed.stands(at: run) }

  /// Writes what `event` brought.
  ///
  /// - Parameter run: As it is after the event.
  func take(_ event: Event, of run: Run) {
    if writers.isEmpty { return }
    if let row = feed.row(for: event, of: run) { write(row, time: Date().timeIntervalSince1970) }
    let isTaskEnd = if case .taskEnded = event { true } else { false }
    if isTaskEnd || clock.now - flushed > Self.patience { flush() }
  }

  /// Writes what was collected.
  func flush() {
    flushed = clock.now
    each { writer throws(LogError) in try writer.flush(summary: self.summary) }
  }

  func close(isComplete: Bool) {
    let now = Date().timeIntervalSince1970
    each { writer throws(LogError) in
      try writer.close(summary: self.summary, isComplete: isComplete, time: now)
    }
    writers = []
  }

  private func write(_ row: LogRow, time: Double) {
    for scalar in row.scalars {
      if let place = places[scalar.metric] {
        summary[place].value = scalar.value
      } else {
        places[scalar.metric] = summary.count
        summary.append(scalar)
      }
    }
    each { writer throws(LogError) in try writer.write(row, time: time) }
  }

  /// Lets every writer do something; one that fails is not asked again.
  private func each(_ body: (any LogWriter) throws(LogError) -> Void) {
    for (target, writer) in writers {
      do throws(LogError) {
        try body(writer)
      } catch {
        failures[target] = error
      }
    }
    writers.removeAll { failures[$0.target] != nil }
  }
}
