import Foundation
import GRDB
import Sessions
import Testing

/// Session files that other clients of SQLite have opened, and files beside them that SQLite would take
/// for parts of them.
struct ForeignClientTests {
  private let folder: ScratchFolder
  private let session: Session

  init() throws {
    folder = try ScratchFolder()
    session = try Classroom.session(steps: 3)
    try SessionFile.save(session, to: folder.file())
  }

  private func restore() throws -> (Session, RestoreReport) {
    try SessionFile.restore(from: folder.file(), load: Classroom.load)
  }

  private var bytes: Data { get throws { try Data(contentsOf: URL(filePath: folder.file())) } }

  @Test func fileInWriteAheadModeIsRead() throws {
    do {
      let database = try DatabasePool(path: folder.file())
      try database.close()
    }
    let before = (try folder.names, try bytes)
    #expect(before.1[18] == 2 && before.1[19] == 2)
    let (restored, report) = try restore()
    #expect(report.isComplete)
    expectEqual(session, restored)
    #expect(try SessionFile.contents(of: folder.file()).items.map(\.name) == session.names)
    #expect(try folder.names == before.0 && bytes == before.1)
  }

  /// What the other client has written so far is in the file beside it alone.
  @Test func whatIsInTheLogIsRead() throws {
    let database = try DatabasePool(path: folder.file())
    try database.write {
      try $0.execute(sql: "UPDATE objects SET content = 'x' WHERE name = 'two'")
    }
    let log = folder.file() + "-wal"
    try #require(FileManager.default.fileExists(atPath: log))
    let before = try Data(contentsOf: URL(filePath: log))
    let (restored, report) = try restore()
    #expect(report.notes == [.lost(name: "two", kind: "network", .changed)])
    #expect(restored.names == session.names.filter { $0 != "two" })
    // A transaction that is not finished is not there yet.
    try before.dropLast(100).write(to: URL(filePath: log))
    #expect(try restore().1.isComplete)
    try database.close()
  }

  @Test(arguments: ["-journal", "-wal", "-shm"], [true, false])
  func junkBesideTheFileChangesNothing(ending: String, isWriteAhead: Bool) throws {
    if isWriteAhead {
      let database = try DatabasePool(path: folder.file())
      try database.close()
    }
    let magic: [UInt8] =
      ending == "-wal"
      ? [0x37, 0x7F, 0x06, 0x82, 0, 0x2D, 0xE2, 0x18, 0, 0, 0x20, 0]
      : [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7, 0, 0, 0, 1]
    let junk = magic + [UInt8](repeating: 7, count: 40_000)
    try Data(junk).write(to: URL(filePath: folder.file() + ending))
    let before = try folder.names
    let (restored, report) = try restore()
    #expect(report.isComplete)
    expectEqual(session, restored)
    // Nor does it keep anybody from saving.
    try SessionFile.save(session, to: folder.file())
    #expect(try folder.names == before)
    #expect(try restore().1.isComplete)
  }
}
