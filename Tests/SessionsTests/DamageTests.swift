import Foundation
import GRDB
import Learning
import Networks
import Randomness
import Sessions
import TestSupport
import Testing

struct DamageTests {
  private func restore(_ path: String) throws -> (Session, RestoreReport) {
    try SessionFile.restore(from: path, load: Classroom.load)
  }

  /// A session that is made once, and its file.
  private static let original = Result { () -> (folder: ScratchFolder, session: Session) in
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 8)
    try SessionFile.save(session, to: folder.file())
    return (folder, session)
  }

  /// Puts a copy of its file into a folder.
  private func saved(_ folder: ScratchFolder) throws -> Session {
    let (original, session) = try Self.original.get()
    try FileManager.default.copyItem(atPath: original.file(), toPath: folder.file())
    return session
  }

  private func change(_ folder: ScratchFolder, _ sql: String) throws {
    try DatabaseQueue(path: folder.file()).write { try $0.execute(sql: sql) }
  }

  /// An error, or a report that names every object that is not as it was.
  private func expectHonest(_ path: String, _ original: Session, _ place: String) {
    do {
      let (restored, report) = try restore(path)
      var named = Set<String>()
      for note in report.notes {
        switch note {
        case .lost(let name, _, _), .dataUnavailable(let name, _, _), .unknownKind(let name, _),
          .withoutData(let name, _):
          named.insert(name)
        case .contentsLost, .journalLost, .settingsLost: break
        }
      }
      let isUncertain = report.notes.contains(.contentsLost)
      for name in original.names where !named.contains(name) {
        if restored[name] == nil, isUncertain { continue }
        #expect(difference(restored[name], original[name]) == nil, "\(name) after \(place)")
      }
      #expect(Set(restored.names).isSubset(of: original.names), "\(place)")
      if !isUncertain { #expect(restored.settings == original.settings, "\(place)") }
      if !isUncertain, !report.notes.contains(.journalLost) {
        #expect(restored.journal == original.journal, "\(place)")
      }
    } catch let error as SessionFileError {
      #expect(!error.message.isEmpty)
    } catch {
      Issue.record("\(error) after \(place)")
    }
    do {
      _ = try SessionFile.contents(of: path)
    } catch {
      #expect(!error.message.isEmpty)
    }
  }

  @Test func everyByteOfTheHeaderMayBeWrong() throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    let whole = try Data(contentsOf: URL(filePath: folder.file()))
    for offset in stride(from: 0, to: 100, by: Campaign.isLong ? 1 : 3) {
      for change in [UInt8(0xFF), 0x80, 1].prefix(Campaign.count(1, long: 3, full: 3)) {
        var bytes = whole
        bytes[offset] ^= change
        try bytes.write(to: URL(filePath: folder.file("bad")))
        expectHonest(folder.file("bad"), session, "byte \(offset) ^ \(change)")
      }
    }
    #expect(try folder.names == ["bad", "day1.waymark"])
  }

  @Test func anyByteMayBeWrong() throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    let whole = try Data(contentsOf: URL(filePath: folder.file()))
    var random = RandomStream(seed: 5)
    for trial in 0..<Campaign.count(60, long: 600, full: 4000) {
      var bytes = whole
      // A third of the flips near the beginning of a page, where SQLite keeps its order.
      var offset = random.index(below: bytes.count)
      if trial % 3 == 0 { offset = offset / 8192 * 8192 + random.index(below: 64) }
      bytes[min(offset, bytes.count - 1)] ^= UInt8(1) << UInt8(random.index(below: 8))
      try bytes.write(to: URL(filePath: folder.file("bad")))
      expectHonest(folder.file("bad"), session, "byte \(offset)")
    }
  }

  @Test func fileMayEndAnywhere() throws {
    let folder = try ScratchFolder()
    _ = try saved(folder)
    let whole = try Data(contentsOf: URL(filePath: folder.file()))
    var random = RandomStream(seed: 6)
    let lengths = [0, 1, 99, 100, 101, 8191, 8192, whole.count - 8192, whole.count - 1]
    for length in lengths
      + (0..<Campaign.count(10, long: 60, full: 1000)).map({ _ in random.index(below: whole.count) }
      )
    {
      try whole.prefix(length).write(to: URL(filePath: folder.file("cut")))
      #expect(
        throws: length < 100
          ? SessionFileError.notASession(path: folder.file("cut"))
          : .cutShort(path: folder.file("cut"), expected: whole.count, found: length)
      ) { try restore(folder.file("cut")) }
    }
  }

  @Test func damagedArrayLosesItsObjectOnly() throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    let key = try DatabaseQueue(path: folder.file()).read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT tensor FROM object_tensors WHERE object = 'joint' AND tensor NOT IN
            (SELECT tensor FROM object_tensors WHERE object <> 'joint')
          """)
    }
    let tensor = try #require(key)
    try change(
      folder,
      "UPDATE tensors SET elements = zeroblob(length(elements)) WHERE digest = '\(tensor)'")
    let (restored, report) = try restore(folder.file())
    #expect(report.notes == [.lost(name: "joint", kind: "run", .tensor(tensor))])
    #expect(restored.names == session.names.filter { $0 != "joint" })
    for name in restored.names { #expect(difference(restored[name], session[name]) == nil) }
  }

  @Test(arguments: [
    ("DELETE FROM tensors", "network"),
    ("UPDATE tensors SET count = count + 1", "network"),
    ("UPDATE tensors SET elements = 'text'", "network"),
    ("UPDATE tensors SET elements = zeroblob(40000000)", "network"),
    ("UPDATE tensors SET count = 9223372036854775807", "network"),
    ("DELETE FROM object_tensors", "network"),
    ("DELETE FROM objects WHERE name = 'one'", "network"),
    ("UPDATE objects SET content = 'no' WHERE name = 'one'", "network"),
    ("UPDATE objects SET content = x'ff00' WHERE name = 'one'", "network"),
    ("UPDATE objects SET name = 'uno' WHERE name = 'one'", "network"),
  ])
  func damagedRowsAreNamed(sql: String, kind: String) throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    try change(folder, sql)
    let (restored, report) = try restore(folder.file())
    #expect(restored["one"] == nil && difference(restored["T"], session["T"]) == nil)
    #expect(
      report.notes.contains { note in
        guard case .lost("one", kind, _) = note else { return false }
        return !note.message.isEmpty
      })
  }

  @Test(arguments: [
    "DELETE FROM meta", "UPDATE meta SET value = 'x'", "DELETE FROM meta WHERE name = 'manifest'",
    "UPDATE meta SET value = replace(value, 'joint', 'tnioj') WHERE name = 'manifest'",
  ])
  func objectsAreRestoredWithoutTheListOfContents(sql: String) throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    try change(folder, sql)
    let (restored, report) = try restore(folder.file())
    #expect(report.notes == [.contentsLost] && restored.names == session.names)
    #expect(difference(restored["joint"], session["joint"]) == nil)
    #expect(try SessionFile.contents(of: folder.file()).items.map(\.name) == session.names)
  }

  @Test(arguments: [
    "DELETE FROM journal WHERE number = 1", "UPDATE journal SET command = 'quit'",
    "UPDATE journal SET seconds = 'long'", "UPDATE journal SET number = -number",
  ])
  func changedJournalIsLeftOut(sql: String) throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    try change(folder, sql)
    let (restored, report) = try restore(folder.file())
    #expect(report.notes == [.journalLost] && restored.journal.isEmpty)
    #expect(restored.names == session.names)
  }

  @Test(arguments: [
    "DROP TABLE tensors; CREATE VIEW tensors AS SELECT 1",
    "DROP TABLE meta",
    """
    DROP TABLE meta; CREATE VIEW meta AS WITH RECURSIVE n(name) AS (
      VALUES (1) UNION ALL SELECT name + 1 FROM n) SELECT name, name AS value FROM n
    """,
    "ALTER TABLE objects RENAME COLUMN kind TO sort",
  ])
  func otherTablesAreRefused(sql: String) throws {
    let folder = try ScratchFolder()
    _ = try saved(folder)
    try change(folder, sql)
    #expect(
      throws: SessionFileError.damaged(
        path: folder.file(), reason: "its tables are not those of a session")
    ) { try restore(folder.file()) }
  }
}
