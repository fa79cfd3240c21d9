import Datasets
import GRDB
import Learning
import Metrics
import Networks
import Sessions
import Tensors
import Testing

/// What other programs see of a session file.
struct TableTests {
  private func finished(_ folder: ScratchFolder) throws -> (Session, DatabaseQueue) {
    let session = try Classroom.session(steps: .max)
    try SessionFile.save(session, to: folder.file())
    return (session, try DatabaseQueue(path: folder.file()))
  }

  @Test func tasksAreRowsWithTheirAccuracies() throws {
    let folder = try ScratchFolder()
    let (session, database) = try finished(folder)
    let rows = try database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT run, strategy, seed, task, classes_seen, accuracy, accuracy_macro FROM tasks
          """)
    }
    let expected = try Classroom.strategies.flatMap { name in
      try session.run(name).history.evaluations.enumerated().map { task, evaluation -> Row in
        [
          "run": name, "strategy": name, "seed": 3, "task": task + 1,
          "classes_seen": 2 * (task + 1), "accuracy": evaluation.accuracy,
          "accuracy_macro": evaluation.macroAccuracy,
        ]
      }
    }
    #expect(!rows.isEmpty && rows == expected)
  }

  @Test func epochsAreRows() throws {
    let folder = try ScratchFolder()
    let (session, database) = try finished(folder)
    let rows = try database.read { db in
      try Row.fetchAll(
        db, sql: "SELECT task, purpose, epoch, loss, accuracy FROM epochs WHERE run = 'der-cnn'")
    }
    let expected = try session.run("der-cnn").history.epochs.map { record -> Row in
      [
        "task": record.task + 1, "purpose": record.purpose.rawValue, "epoch": record.epoch + 1,
        "loss": record.loss, "accuracy": record.accuracy,
      ]
    }
    #expect(rows.count == 5 && Set(rows.map(\.description)) == Set(expected.map(\.description)))
  }

  @Test func runsAndTheirOptionsAreRows() throws {
    let folder = try ScratchFolder()
    let (session, database) = try finished(folder)
    let run = try session.run("joint")
    try database.read { (db: Database) throws -> Void in
      let row = try #require(
        try Row.fetchOne(
          db,
          sql: """
            SELECT name, strategy, seed, data, tasks, tasks_done, steps, seconds FROM runs
            WHERE name = 'joint'
            """))
      #expect(
        row == [
          "name": "joint", "strategy": "joint", "seed": 3, "data": "signs", "tasks": 2,
          "tasks_done": 2, "steps": run.history.steps, "seconds": run.seconds.value,
        ])
      let options = try Row.fetchAll(
        db, sql: "SELECT option, value, number FROM options WHERE run = 'joint' ORDER BY option")
      #expect(options.contains(["option": "epochs", "value": "2", "number": 2.0]))
      #expect(options.contains(["option": "once", "value": "off", "number": nil]))
      let accuracies = try Row.fetchAll(
        db,
        sql: """
          SELECT after_task, on_task, accuracy FROM accuracies WHERE run = 'joint'
          ORDER BY after_task, on_task
          """)
      let matrix = AccuracyMatrix(evaluations: run.history.evaluations, tasks: run.tasks.tasks)
      let places = [(1, 1), (2, 1), (2, 2)]
      #expect(
        accuracies
          == places.map { after, on -> Row in
            ["after_task": after, "on_task": on, "accuracy": matrix.rows[after - 1][on - 1]]
          })
    }
  }

  @Test func settingsAndJournalAreRows() throws {
    let folder = try ScratchFolder()
    let (session, database) = try finished(folder)
    try database.read { (db: Database) throws -> Void in
      #expect(try Int.fetchOne(db, sql: "SELECT value FROM settings WHERE name = 'seed'") == 12)
      #expect(
        try String.fetchOne(db, sql: "SELECT value FROM settings WHERE name = 'plots'") == "auto")
      #expect(
        try String.fetchAll(db, sql: "SELECT command FROM journal ORDER BY number")
          == session.journal.map(\.command))
      #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
      #expect(try String.fetchOne(db, sql: "PRAGMA journal_mode") == "delete")
    }
  }

  @Test func equalArraysAreStoredOnceAndUnusedOnesGo() throws {
    let folder = try ScratchFolder()
    let network = try Classroom.network(heads: 1)
    var copy = network
    copy.weights = Block(network.weights.elements.map { $0 })
    var other = network
    other.weights.elements[0] += 1
    var session = Session()
    func stored() throws -> [Int] {
      try SessionFile.save(session, to: folder.file())
      return try DatabaseQueue(path: folder.file()).read { db in
        try Int.fetchAll(db, sql: "SELECT length(elements) FROM tensors")
      }
    }
    session.set("a", to: .network(network))
    session.set("b", to: .network(copy))
    session.set("c", to: .network(network))
    #expect(try stored() == [4 * network.weights.count])
    session.set("b", to: .network(other))
    #expect(try stored().count == 2)
    session.remove("b")
    #expect(try stored().count == 1)
    session.remove("a")
    session.remove("c")
    #expect(try stored().isEmpty)
  }

  /// Other programs choose their columns' types by the declared ones: DuckDB takes a column without
  /// a type for bytes.
  @Test func everyColumnOfATableHasAType() throws {
    let folder = try ScratchFolder()
    let (_, database) = try finished(folder)
    try database.read { (db: Database) throws -> Void in
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
      #expect(tables.count > 8)
      for table in tables {
        for column in try db.columns(in: table) {
          #expect(!column.type.isEmpty, "\(table).\(column.name)")
        }
      }
    }
  }

  @Test func viewsOfTheJournalHaveTextsAndNumbers() throws {
    let folder = try ScratchFolder()
    var session = try Classroom.session(steps: 4)
    var details = JournalEntry.Details()
    details.figures = [JournalEntry.Figure(name: "accuracy", value: 50)]
    details.made = [JournalEntry.Made(name: "joint", digest: "ab")]
    session.journal.append(
      JournalEntry(command: "expect accuracy joint", time: 1.75e9, seconds: 1, details: details))
    try SessionFile.save(session, to: folder.file())
    try DatabaseQueue(path: folder.file()).read { (db: Database) throws -> Void in
      #expect(
        try Row.fetchAll(db, sql: "SELECT figure, value, typeof(value) AS type FROM figures")
          == [["figure": "accuracy", "value": 50.0, "type": "real"]])
      #expect(
        try Row.fetchAll(db, sql: "SELECT object, digest FROM results")
          == [["object": "joint", "digest": "ab"]])
    }
  }
}
