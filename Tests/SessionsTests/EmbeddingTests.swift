import Datasets
import Foundation
import GRDB
import Learning
import Sessions
import Testing

/// Session files that carry their images.
struct EmbeddingTests {
  private func saved(_ folder: ScratchFolder) throws -> Session {
    var session = try Classroom.session(steps: 3)
    session.embedded = ["signs"]
    try SessionFile.save(session, to: folder.file())
    return session
  }

  @Test func embeddedImagesNeedNoSource() throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    let (restored, report) = try SessionFile.restore(from: folder.file()) { _ in
      throw NotThere(name: "source")
    }
    #expect(report.isComplete && restored.embedded == ["signs"])
    expectEqual(session, restored)
    #expect(try restored.data("signs").train.tracks == session.data("signs").train.tracks)
    // They stay in the file when it is saved again.
    try SessionFile.save(restored, to: folder.file("again.waymark"))
    let (again, _) = try SessionFile.restore(from: folder.file("again.waymark")) { _ in
      throw NotThere(name: "source")
    }
    expectEqual(session, again)
    var bare = restored
    bare.embedded = []
    try SessionFile.save(bare, to: folder.file("bare.waymark"))
    let (lame, _) = try SessionFile.restore(from: folder.file("bare.waymark")) { _ in
      throw NotThere(name: "source")
    }
    guard case .unavailable? = lame["signs"] else { throw NotThere(name: "unavailable") }
  }

  @Test(arguments: [
    "DELETE FROM images WHERE part = 'test pixels'",
    "UPDATE images SET bytes = zeroblob(length(bytes)) WHERE part = 'train pixels'",
    "UPDATE images SET bytes = zeroblob(length(bytes)) WHERE part = 'train labels'",
    "UPDATE images SET bytes = zeroblob(length(bytes)) WHERE part = 'train tracks'",
    "UPDATE images SET bytes = x'00' WHERE part = 'train pixels'",
    "UPDATE images SET bytes = 'text'", "UPDATE images SET digest = 'x'",
  ])
  func damagedImagesAreLoadedFromTheirSource(sql: String) throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    try DatabaseQueue(path: folder.file()).write { try $0.execute(sql: sql) }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.isComplete && restored.embedded.isEmpty)
    expectEqual(session, restored)
    let (lame, note) = try SessionFile.restore(from: folder.file()) { _ in
      throw NotThere(name: "source")
    }
    #expect(note.notes.count == 1 && lame.names == session.names)
  }
}
