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

  /// What the log makes shorter than its file is not cut short.
  @Test func shorterDatabaseOfTheLogIsRead() throws {
    let database = try DatabasePool(path: folder.file())
    try database.write {
      try $0.execute(sql: "CREATE TABLE other (x); INSERT INTO other VALUES (zeroblob(1000000))")
    }
    _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    #expect(try bytes.count > 1_000_000)
    try database.write { try $0.execute(sql: "DROP TABLE other") }
    try database.vacuum()
    #expect(try bytes.count > 1_000_000)
    let (restored, report) = try restore()
    #expect(report.isComplete, "\(report.notes)")
    expectEqual(session, restored)
    try database.close()
  }

  /// In its header the largest page has the size 1.
  @Test func fileOfLargePagesIsRead() throws {
    try DatabaseQueue(path: folder.file()).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA page_size = 65536; VACUUM")
    }
    let whole = try bytes
    #expect(whole[16] == 0 && whole[17] == 1)
    let (restored, report) = try restore()
    #expect(report.isComplete)
    expectEqual(session, restored)
    try whole.dropLast(1).write(to: URL(filePath: folder.file()))
    #expect(
      throws: SessionFileError.cutShort(
        path: folder.file(), expected: whole.count, found: whole.count - 1)
    ) { try restore() }
  }

  /// Clients of before 2010 leave in the header how many pages there were for others; then the counter
  /// of changes is not the one beside that number.
  @Test func numberOfPagesThatAnOldClientLeftIsNotBelieved() throws {
    var changed = try bytes
    changed[28] = 0x70
    changed[92] ^= 1
    try changed.write(to: URL(filePath: folder.file()))
    let (restored, report) = try restore()
    #expect(report.isComplete)
    expectEqual(session, restored)
  }

  @Test(arguments: [0, 1, 3])
  func databaseOfAnotherProgramIsLeftAsItIs(version: Int) throws {
    let path = folder.file("other.waymark")
    let database = try DatabaseQueue(path: path)
    try database.write {
      try $0.execute(sql: "CREATE TABLE addresses (name TEXT); PRAGMA user_version = \(version)")
    }
    try database.close()
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(throws: SessionFileError.foreignFile(path: path)) {
      try SessionFile.save(session, to: path)
    }
    #expect(throws: SessionFileError.notASession(path: path)) {
      try SessionFile.contents(of: path)
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  /// SQLite's pages have powers of two as their sizes; by this one the log's last bytes are no words.
  @Test func logOfImpossiblePagesIsNone() throws {
    try DatabasePool(path: folder.file()).close()
    var words: [UInt32] = [0x377F_0682, 3_007_000, 513, 0, 7, 7]
    var sums = (first: UInt32(0), second: UInt32(0))
    for place in stride(from: 0, to: words.count, by: 2) {
      sums.first = sums.first &+ words[place].byteSwapped &+ sums.second
      sums.second = sums.second &+ words[place + 1].byteSwapped &+ sums.first
    }
    words += [sums.first, sums.second, 1, 1, 7, 7, 0, 0]
    let log = words.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
    }
    try Data(log + [UInt8](repeating: 0, count: 513)).write(
      to: URL(filePath: folder.file() + "-wal"))
    let (restored, report) = try restore()
    #expect(report.isComplete)
    expectEqual(session, restored)
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
