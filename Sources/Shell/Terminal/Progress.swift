/// How far a piece of work is: what a progress bar shows.
public struct Progress: Hashable, Sendable {
  /// What is being done: `task 2/5 epoch 3/5`. A new label is a new piece of work.
  public var label: String
  public var completed: Int
  /// Nil when nobody knows.
  public var total: Int?
  /// One of what is counted: `batch`, `file`, `MB`.
  public var unit: String
  /// What else is worth seeing: `loss 0.412`.
  public var details: [String]

  public init(_ label: String, completed: Int, total: Int?, unit: String, details: [String] = []) {
    self.label = label
    self.completed = completed
    self.total = total
    self.unit = unit
    self.details = details
  }

  var isComplete: Bool { total.map { completed >= $0 } ?? false }
}

/// The speed of a piece of work and the time that it still takes.
///
/// The rate is the mean over the last 30 measurements, the shown remainder runs down with the clock
/// and is corrected only when it is off by a tenth, so that it does not flicker.
struct Pace: Sendable {
  private let start: Double
  private var samples: [(time: Double, completed: Int)]
  private var shown: (time: Double, remaining: Double)?

  private static let window = 30

  init(at time: Double, completed: Int) {
    start = time
    samples = [(time, completed)]
  }

  func elapsed(at time: Double) -> Double { time - start }

  mutating func record(_ progress: Progress, at time: Double) {
    if let last = samples.last, progress.completed <= last.completed { return }
    samples.append((time, progress.completed))
    if samples.count > Self.window { samples.removeFirst() }
    guard let total = progress.total, let rate else {
      shown = nil
      return
    }
    let remaining = Double(max(0, total - progress.completed)) / rate
    if let predicted = self.remaining(at: time),
      abs(predicted - remaining) < max(1, 0.1 * remaining)
    {
      return
    }
    shown = (time, remaining)
  }

  /// Units a second; nil before the third measurement.
  var rate: Double? {
    guard samples.count >= 3, let first = samples.first, let last = samples.last,
      last.time > first.time
    else { return nil }
    return Double(last.completed - first.completed) / (last.time - first.time)
  }

  func remaining(at time: Double) -> Double? {
    shown.map { max(0, $0.remaining - (time - $0.time)) }
  }
}

/// `00:04`, `12:30` or `1:02:03`.
func clockText(_ seconds: Double) -> String {
  let whole = Int(min(max(0, seconds), 1e7).rounded())
  func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let (hours, minutes) = (whole / 3600, whole / 60 % 60)
  return (hours > 0 ? "\(hours):" : "") + "\(padded(minutes)):\(padded(whole % 60))"
}
