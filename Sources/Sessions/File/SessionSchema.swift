internal import GRDB

/// The tables of a session file, version by version.
///
/// A file of format n has the tables that the first n steps make. Older files are brought up to date
/// in memory when they are read; what is written is always the newest format.
package struct SessionSchema: Sendable {
  /// SQL that leads from each format to the next, from nothing on.
  package var steps: [String]

  package init(steps: [String]) { self.steps = steps }

  package var format: Int { steps.count }

  package static let current = SessionSchema(steps: [first, second, third])

  /// `WMRK`, in every session file's header.
  static let applicationID = 0x574D_524B

  /// Tables that a restore or a listing reads; the others are for people.
  private static let essential = [
    "meta", "objects", "object_tensors", "tensors", "journal", "runs", "images",
  ]

  func make(_ db: Database) throws {
    try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
    try migrate(db, from: 0)
  }

  func migrate(_ db: Database, from format: Int) throws {
    for step in steps.dropFirst(format) { try db.execute(sql: step) }
    try db.execute(sql: "PRAGMA user_version = \(self.format)")
  }

  /// Whether the tables that are read were made by the first `format` steps: nothing else, such as
  /// a view that never ends, is ever asked for its rows.
  func describes(_ db: Database, format: Int) throws -> Bool {
    let model = try DatabaseQueue()
    let expected = try model.write { db in
      try SessionSchema(steps: Array(steps.prefix(format))).make(db)
      return try Self.definitions(db)
    }
    return try Self.definitions(db) == expected
  }

  private static func definitions(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view')")
    var definitions = [String: String]()
    for row in rows {
      guard let name: String = row.value("name"), essential.contains(name) else { continue }
      definitions[name] = row.value("sql") ?? ""
    }
    return definitions
  }

  private static let first = """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE objects (
      position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
      digest TEXT NOT NULL, content TEXT NOT NULL);
    CREATE TABLE object_tensors (
      object TEXT NOT NULL, tensor TEXT NOT NULL, PRIMARY KEY (object, tensor)) WITHOUT ROWID;
    CREATE TABLE tensors (
      digest TEXT PRIMARY KEY, count INTEGER NOT NULL, elements BLOB NOT NULL);
    CREATE TABLE journal (
      number INTEGER PRIMARY KEY, command TEXT NOT NULL, time REAL NOT NULL,
      seconds REAL NOT NULL);
    CREATE TABLE runs (
      name TEXT PRIMARY KEY, strategy TEXT NOT NULL, network TEXT NOT NULL, data TEXT NOT NULL,
      seed INTEGER NOT NULL, tasks INTEGER NOT NULL, tasks_done INTEGER NOT NULL,
      steps INTEGER NOT NULL, seconds REAL, finished INTEGER NOT NULL);
    CREATE TABLE options (run TEXT NOT NULL, option TEXT NOT NULL, value, PRIMARY KEY (run, option));
    CREATE TABLE epochs (
      run TEXT NOT NULL, task INTEGER NOT NULL, purpose TEXT NOT NULL, epoch INTEGER NOT NULL,
      loss REAL, accuracy REAL, PRIMARY KEY (run, task, purpose, epoch));
    CREATE TABLE evaluations (
      run TEXT NOT NULL, task INTEGER NOT NULL, classes_seen INTEGER NOT NULL,
      images INTEGER NOT NULL, accuracy REAL, accuracy_macro REAL, PRIMARY KEY (run, task));
    CREATE TABLE accuracies (
      run TEXT NOT NULL, after_task INTEGER NOT NULL, on_task INTEGER NOT NULL, accuracy REAL,
      PRIMARY KEY (run, after_task, on_task));
    CREATE VIEW tasks AS
      SELECT run, strategy, seed, task, classes_seen, accuracy, accuracy_macro
      FROM evaluations JOIN runs ON runs.name = run ORDER BY runs.rowid, task;
    CREATE VIEW settings AS
      SELECT key AS name, value
      FROM json_each((SELECT value FROM meta WHERE name = 'manifest'), '$.settings');
    """

  /// Checkpoints, embedded images, and what commands made and measured.
  private static let second = """
    ALTER TABLE journal ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
    CREATE TABLE checkpoints (
      run TEXT NOT NULL, checkpoint TEXT NOT NULL, task INTEGER NOT NULL, steps INTEGER NOT NULL,
      accuracy REAL, is_present INTEGER NOT NULL, PRIMARY KEY (run, checkpoint));
    CREATE TABLE images (
      digest TEXT NOT NULL, part TEXT NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
      PRIMARY KEY (digest, part, number));
    CREATE VIEW results AS
      SELECT number, command, json_extract(value, '$.name') AS object,
        json_extract(value, '$.digest') AS digest
      FROM journal, json_each(details, '$.made');
    CREATE VIEW figures AS
      SELECT number, command, json_extract(value, '$.name') AS figure,
        json_extract(value, '$.value') AS value
      FROM journal, json_each(details, '$.figures');
    """

  /// Columns that other programs can calculate with. DuckDB takes one without a type for bytes, and
  /// carries views out itself; its `json_extract` leaves texts in their quotes.
  private static let third = """
    DROP VIEW IF EXISTS results;
    DROP VIEW IF EXISTS figures;
    DROP TABLE IF EXISTS options;
    CREATE TABLE options (
      run TEXT NOT NULL, option TEXT NOT NULL, value TEXT NOT NULL, number REAL,
      PRIMARY KEY (run, option));
    CREATE VIEW results AS
      SELECT number, command, trim(CAST(json_extract(value, '$.name') AS TEXT), '"') AS object,
        trim(CAST(json_extract(value, '$.digest') AS TEXT), '"') AS digest
      FROM journal, json_each(details, '$.made');
    CREATE VIEW figures AS
      SELECT number, command, trim(CAST(json_extract(value, '$.name') AS TEXT), '"') AS figure,
        CAST(json_extract(value, '$.value') AS DOUBLE) AS value
      FROM journal, json_each(details, '$.figures');
    """
}
