public import Learning

/// The logs that a session's runs are written to, and which are open.
public struct Tracking {
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

  /// Ends all logs that are open; nobody waits for what fails.
  public mutating func closeAll() {
    for log in logs.values { log.close(isComplete: false) }
    logs = [:]
  }

  /// Opens the logs of a run that is about to go on, or takes them up again.
  ///
  /// - Returns: What failed, to be said once.
  public mutating func begin(_ name: String, _ run: Run, data: String) -> [LogError] {
    guard isOn else { return [] }
    if let log = logs[name] {
      if log.follows(run) { return [] }
      log.close(isComplete: false)
    }
    let wanted = targets.enumerated().filter { place, target in
      failures[place] == nil && (target.runs.isEmpty || target.runs.contains(name))
    }
    if wanted.isEmpty { return [] }
    let description = RunDescription(of: run, name: name, data: data, program: program)
    let log = RunLog(of: run, description, in: wanted)
    logs[name] = log
    return note(log)
  }

  /// Writes what `event` brought.
  ///
  /// - Parameter run: As it is after the event.
  /// - Returns: What failed, to be said once.
  public mutating func take(_ event: Event, _ name: String, _ run: Run) -> [LogError] {
    guard let log = logs[name] else { return [] }
    log.take(event, of: run)
    if run.isFinished {
      log.close(isComplete: true)
      logs[name] = nil
    }
    return note(log)
  }

  /// Writes what was collected of a run that stops for now.
  public mutating func pause(_ name: String) -> [LogError] {
    guard let log = logs[name] else { return [] }
    log.flush()
    return note(log)
  }

  /// What failed in a log and was not said yet.
  private mutating func note(_ log: RunLog) -> [LogError] {
    log.failures.sorted { $0.key < $1.key }.compactMap { target, error in
      failures.updateValue(error, forKey: target) == nil ? error : nil
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
    let log = RunLog(of: run, description, in: [(0, target)])
    let path = log.paths.first ?? target.path
    log.close(isComplete: run.isFinished)
    if let failure = log.failures[0] { throw failure }
    return path
  }
}
