import GRDB
import Sessions
import Testing

struct VersionTests {
  private let next = SessionSchema(
    steps: SessionSchema.current.steps + [
      "ALTER TABLE runs ADD COLUMN note TEXT; CREATE TABLE remarks (run TEXT, number INTEGER)"
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
}
