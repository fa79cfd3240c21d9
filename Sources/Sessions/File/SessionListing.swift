internal import GRDB
internal import System

/// What is in a session file.
public struct SessionListing: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    public let name: String
    /// `data`, `tasks`, `network`, `run`, or what a newer version calls it.
    public let kind: String
    /// How far it is, if it is a run.
    public let run: RunState?
  }

  public struct RunState: Hashable, Sendable {
    public let strategy: String
    /// The name of the data set it learns from.
    public let data: String
    public let tasks: Int
    public let tasksDone: Int
    /// Training steps.
    public let steps: Int
    public let seconds: Double
    public let isFinished: Bool
  }

  /// Seconds since 1970; nil if the list of contents is damaged.
  public let saved: Double?
  /// The version of the program that saved the session.
  public let program: String?
  /// In the session's order.
  public let items: [Item]
  /// Commands in the journal.
  public let commands: Int
  /// Bytes of the file.
  public let size: Int
}

extension SessionFile {
  /// What a session file says of itself, without reading the objects.
  public static func contents(of path: String) throws(SessionFileError) -> SessionListing {
    let path = FilePath.absolute(path)
    let size = try SessionHeader(path).size
    let queue = try open(path, schema: .current)
    return try reading(path) {
      try queue.read { db in
        let reader = try SessionReader(db)
        let manifest = reader.manifest()
        let states = try runStates(db)
        return SessionListing(
          saved: manifest?.saved, program: manifest?.program,
          items: (manifest?.objects ?? reader.entries()).map {
            .init(name: $0.name, kind: $0.kind, run: states[$0.name])
          },
          commands: try Int.fetchOne(db, sql: "SELECT count(*) FROM journal") ?? 0, size: size)
      }
    }
  }

  private static func runStates(_ db: Database) throws -> [String: SessionListing.RunState] {
    var states: [String: SessionListing.RunState] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT name, strategy, data, tasks, tasks_done, steps, seconds, finished FROM runs")
    while let row = try rows.next() {
      guard let name: String = row.value("name"), let strategy: String = row.value("strategy"),
        let data: String = row.value("data"), let tasks: Int = row.value("tasks"),
        let tasksDone: Int = row.value("tasks_done"), let steps: Int = row.value("steps"),
        let finished: Bool = row.value("finished")
      else { continue }
      states[name] = SessionListing.RunState(
        strategy: strategy, data: data, tasks: tasks, tasksDone: tasksDone, steps: steps,
        seconds: row.value("seconds") ?? 0, isFinished: finished)
    }
    return states
  }
}
