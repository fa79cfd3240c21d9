public import Learning

/// The logs that a session's runs are written to, and which are open.
public struct Tracking {
  /// One form of log in one place.
  public struct Target: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
      /// A W&B run directory for every run.
      case wandb(project: String, name: String?)
      /// A folder with an event file for every run.
      case tensorboard
      /// One file, a line for every number.
      case csv
      /// One file, a line for every row.
      case jsonl
    }

    public var form: Form
    public var path: String
    /// The runs that are meant; all, if empty.
    public var runs: [String]

    public init(_ form: Form, path: String, runs: [String] = []) {
      self.form = form
      self.path = path
      self.runs = runs
    }
  }

  public private(set) var targets: [Target] = []
  /// Why a target is not written to any more, by its position among `targets`.
  public private(set) var failures: [Int: LogError] = [:]
  private var logs: [String: RunLog] = [:]
  private let program: String

  /// - Parameter program: Its name and version, as the logs say it.
  public init(program: String) { self.program = program }

  public var isOn: Bool { targets.indices.contains { failures[$0] == nil } }

  /// Writes the runs that are taken up from now on to `target` too.
  ///
  /// - Throws: If nothing can be written there.
  public mutating func add(_ target: Target) throws(LogError) {
    try target.prepare()
    closeAll()
    if let place = targets.firstIndex(where: { $0.form == target.form && $0.path == target.path }) {
      targets[place] = target
      failures[place] = nil
    } else {
      targets.append(target)
    }
  }

  /// Ends all logs, and writes none from now on.
  public mutating func stop() {
    closeAll()
    targets = []
    failures = [:]
  }

  /// Ends all logs that are open.
  public mutating func closeAll() {
    // Nobody waits for what comes of it.
    for log in logs.values { _ = log.close(isComplete: false) }
    logs = [:]
  }

  /// Opens the logs of a run that is about to go on, or takes them up again.
  ///
  /// - Returns: What failed, to be said once.
  public mutating func begin(_ name: String, _ run: Run, data: String) -> [LogError] {
    guard isOn else { return [] }
    if let log = logs[name] {
      if log.follows(run) { return [] }
      _ = log.close(isComplete: false)
    }
    let wanted = targets.indices.filter {
      failures[$0] == nil && (targets[$0].runs.isEmpty || targets[$0].runs.contains(name))
    }
    if wanted.isEmpty { return [] }
    let log = RunLog(RunDescription(of: run, name: name, data: data, program: program))
    logs[name] = log
    return note(
      log.begin(
        run,
        wanted.map { index in
          let target = targets[index]
          return (index, { description throws(LogError) in try target.open(description) })
        }))
  }

  /// Writes what `event` brought.
  ///
  /// - Parameter run: As it is after the event.
  /// - Returns: What failed, to be said once.
  public mutating func take(_ event: Event, _ name: String, _ run: Run) -> [LogError] {
    guard let log = logs[name] else { return [] }
    var failed = note(log.take(event, of: run))
    if run.isFinished {
      failed += note(log.close(isComplete: true))
      logs[name] = nil
    }
    return failed
  }

  /// Writes what was collected of a run that stops for now.
  public mutating func pause(_ name: String) -> [LogError] {
    guard let log = logs[name] else { return [] }
    return note(log.flush())
  }

  private mutating func note(_ found: [Int: LogError]) -> [LogError] {
    found.sorted { $0.key < $1.key }.compactMap { target, error in
      guard failures.updateValue(error, forKey: target) == nil else { return nil }
      return error
    }
  }

  /// Writes the log of a run as far as it is, afterwards.
  ///
  /// - Returns: The file or folder written.
  public static func export(
    _ run: Run, name: String, data: String, program: String, to target: Target
  ) throws(LogError) -> String {
    try target.prepare()
    let description = RunDescription(of: run, name: name, data: data, program: program)
    let log = RunLog(description)
    var path = target.path
    var failures = log.begin(
      run,
      [
        (
          0,
          { description throws(LogError) in
            let writer = try target.open(description)
            path = writer.path
            return writer
          }
        )
      ])
    failures.merge(log.close(isComplete: run.isFinished)) { first, _ in first }
    if let failure = failures[0] { throw failure }
    return path
  }
}
