import GRDB
import Sessions
import Testing

struct VersionTests {
  private let next = SessionSchema(
    steps: SessionSchema.current.steps + [
      "ALTER TABLE runs ADD COLUMN note TEXT; CREATE TABLE checkpoints (run TEXT, number INTEGER)"
    ])

  @Test func newerFileIsRefusedInOneSentence() throws {
    let folder = try ScratchFolder()
    let path = folder.file()
    try SessionFile.save(Session(), to: path, schema: next, pageLimit: nil)
    let known = SessionSchema.current.format
    let error = SessionFileError.newerFormat(path: path, format: known + 1, known: known)
    #expect(throws: error) { try SessionFile.restore(from: path, load: Classroom.load) }
    #expect(throws: error) { try SessionFile.contents(of: path) }
    #expect(error.message.contains("newer version") && !error.message.contains("\n"))
    #expect(throws: SessionFileError.replacesNewer(path: path, format: known + 1, known: known)) {
      try SessionFile.save(Session(), to: path)
    }
  }

  @Test func olderFileIsBroughtUpToDateWhenRead() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 4)
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(
      from: folder.file(), schema: next, load: Classroom.load)
    expectEqual(session, restored)
    #expect(report.isComplete)
    let format = try DatabaseQueue(path: folder.file()).read { db in
      try Int.fetchOne(db, sql: "PRAGMA user_version")
    }
    #expect(format == SessionSchema.current.format)
  }

  @Test func unknownKindsAreKeptWithTheirArrays() throws {
    let folder = try ScratchFolder()
    let path = folder.file()
    var session = Session()
    session.set("one", to: .network(try Classroom.network(heads: 1)))
    session.set("T", to: .tasks(Tasks(try Classroom.tasks(Classroom.data()), of: "signs")))
    try SessionFile.save(session, to: path)
    // The list of contents gives way to what the rows say of themselves.
    try DatabaseQueue(path: path).write { db in
      let object = StoredObjectDigest(
        try #require(
          try Row.fetchOne(
            db,
            sql: """
              SELECT name, 'sculpture' AS kind, content, tensor
              FROM objects JOIN object_tensors ON object = name
              """)))
      try db.execute(
        sql: "UPDATE objects SET kind = 'sculpture', digest = ? WHERE name = 'one'",
        arguments: [object.digest])
      try db.execute(sql: "DELETE FROM meta")
    }
    let (first, report) = try SessionFile.restore(from: path, load: Classroom.load)
    #expect(report.notes.contains(.unknownKind(name: "one", kind: "sculpture")))
    #expect(first["one"]?.kind == "sculpture")
    try SessionFile.save(first, to: path)
    let (second, again) = try SessionFile.restore(from: path, load: Classroom.load)
    #expect(again.notes.first == .unknownKind(name: "one", kind: "sculpture"))
    expectEqual(first, second)
    #expect(
      try DatabaseQueue(path: path).read { db in
        try Int.fetchOne(db, sql: "SELECT count(*) FROM tensors")
      } == 1)
  }
}
