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
    #expect(try rows(folder.file("bare.waymark")).isEmpty)
  }

  /// The lengths of the rows of images.
  private func rows(_ path: String) throws -> [Int] {
    try DatabaseQueue(path: path).read { db in
      try Int.fetchAll(
        db, sql: "SELECT length(bytes) FROM images ORDER BY digest, part DESC, number")
    }
  }

  @Test func imagesOfTwoNamesAreStoredOnce() throws {
    let folder = try ScratchFolder()
    var session = try Classroom.session(steps: 0)
    session.embedded = ["signs"]
    try SessionFile.save(session, to: folder.file())
    let once = try rows(folder.file())
    session.set("again", to: .data(try Classroom.data()))
    session.embedded = ["signs", "again"]
    try SessionFile.save(session, to: folder.file("two.waymark"))
    #expect(try rows(folder.file("two.waymark")) == once)
    let (restored, report) = try SessionFile.restore(from: folder.file("two.waymark")) { _ in
      throw NotThere(name: "source")
    }
    #expect(report.isComplete && restored.embedded == session.embedded)
    expectEqual(session, restored)
  }

  /// A row has 4 MiB at most.
  @Test func imagesLargerThanARowAreWhole() throws {
    let folder = try ScratchFolder()
    let shape = ImageShape(height: 1024, width: 1025, channels: 1)
    let pixels = (0..<4 * shape.count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    let train = ImageSet(shape: shape, pixels: pixels, labels: [0, 1, 0, 1])
    let test = ImageSet(shape: shape, pixels: Array(pixels.prefix(shape.count)), labels: [0])
    var session = Session()
    session.set(
      "large",
      to: .data(
        DataSet(
          source: .folder(path: "/gone", size: 8), classNames: ["a", "b"], train: train, test: test)
      ))
    session.embedded = ["large"]
    try SessionFile.save(session, to: folder.file())
    #expect(try rows(folder.file()).prefix(2) == [4 << 20, 4096])
    let (restored, report) = try SessionFile.restore(from: folder.file()) { _ in
      throw NotThere(name: "source")
    }
    #expect(report.isComplete)
    expectEqual(session, restored)
  }

  @Test func stopIsHeardBetweenImages() throws {
    let folder = try ScratchFolder()
    var session = Session()
    session.set("signs", to: .data(try Classroom.data()))
    session.embedded = ["signs"]
    #expect(throws: SessionFileError.stopped(path: folder.file())) {
      try SessionFile.save(session, to: folder.file(), isCancelled: { true })
    }
    #expect(try folder.names.isEmpty)
  }

  @Test(arguments: [
    "DELETE FROM images WHERE part = 'test pixels'",
    "UPDATE images SET bytes = zeroblob(length(bytes)) WHERE part = 'train pixels'",
    "UPDATE images SET bytes = zeroblob(length(bytes)) WHERE part = 'train labels'",
    "UPDATE images SET bytes = zeroblob(length(bytes)) WHERE part = 'train tracks'",
    "UPDATE images SET bytes = zeroblob(length(bytes)) WHERE part = 'test tracks'",
    "UPDATE images SET bytes = x'00' WHERE part = 'train pixels'",
    // As many characters, and more bytes.
    "UPDATE images SET bytes = replace(hex(zeroblob(length(bytes) / 2)), '0', 'é') WHERE part = 'test pixels'",
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

  /// What a reference says of its images is believed of none that cannot be: they come from their
  /// source.
  @Test(arguments: [
    ["shape.height": "4611686018427387904", "shape.width": "4"],
    ["shape.height": "-4611686018427387905", "shape.width": "4"],
    ["shape.height": "16777216", "shape.width": "1", "trainCount": "4294967295"],
    ["shape.height": "4096", "shape.width": "4096", "trainCount": "16777216"],
    ["trainCount": "47"], ["testCount": "25"],
  ])
  func impossibleImagesAreLoadedFromTheirSource(changes: [String: String]) throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    try Forgery.rewrite("signs", in: folder.file()) { content in
      var tree = try JSONTree(content)
      for (place, json) in changes { tree[place] = try JSONTree(json) }
      return try tree.json
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.notes == [.contentsLost] && restored.embedded.isEmpty)
    #expect(difference(restored["signs"], session["signs"]) == nil)
  }

  /// Neither the digest of images nor that of tracks is over the names of classes.
  @Test func labelsBeyondTheClassesAreNoImages() throws {
    let folder = try ScratchFolder()
    _ = try saved(folder)
    try Forgery.rewrite("signs", in: folder.file()) { content in
      var tree = try JSONTree(content)
      tree["classNames"] = .list([.text("only")])
      return try tree.json
    }
    let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    guard case .unavailable(let missing)? = restored["signs"] else { throw NotThere(name: "signs") }
    #expect(missing.reference.classNames == ["only"] && restored.embedded.isEmpty)
  }

  @Test func impossibleTransformOfEmbeddedImagesIsLost() throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    try Forgery.rewrite("signs", in: folder.file()) { content in
      var tree = try JSONTree(content)
      tree["transform.brightness"] = .integer(5)
      return try tree.json
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored.names == session.names.filter { $0 != "signs" })
    #expect(
      report.notes.contains { note in
        guard case .lost("signs", "data", .unreadable(_)) = note else { return false }
        return true
      })
  }
}
