import Foundation
import Sessions
import Testing

/// Copies that are written while one works.
struct AutosaveTests {
  @Test func onlyTheNewestCopiesAreKept() throws {
    let folder = try ScratchFolder()
    try SessionFile.save(Session(), to: folder.file("whole"))
    let names = (0..<6).map { "\(1_700_000_000 + $0)-\(99 - $0).waymark" }
    for name in names + ["mine.waymark"] {
      try FileManager.default.copyItem(atPath: folder.file("whole"), toPath: folder.file(name))
    }
    // The oldest is somebody's at work.
    let lock = try SessionLock(folder.file(names[0]))
    #expect(Autosave.forgetOldest(in: folder.path, keeping: 3) == 2)
    #expect(try folder.names == ([names[0]] + names[3...] + ["mine.waymark", "whole"]).sorted())
    #expect(Autosave.forgetOldest(in: folder.path, keeping: 3) == 0)
    withExtendedLifetime(lock) {}
  }

  @Test func copiesAreMadeReplacedAndRemoved() throws {
    let folder = try ScratchFolder()
    let copies = folder.file("autosave")
    let autosave = Autosave(folder: copies)
    #expect(!autosave.exists && Autosave.found(in: copies).isEmpty)
    let sessions = try (0..<5).map { try Classroom.session(steps: $0) }
    for session in sessions { autosave.save(session) }
    autosave.wait()
    #expect(autosave.exists && autosave.failure == nil)
    let names = try FileManager.default.contentsOfDirectory(atPath: copies)
    #expect(names.count == 1)
    // Nobody finds it while its process lives.
    #expect(Autosave.found(in: copies).isEmpty)
    let (last, report) = try SessionFile.restore(
      from: copies + "/" + names[0], load: Classroom.load)
    #expect(report.isComplete)
    expectEqual(sessions[4], last)
    autosave.remove()
    #expect(try FileManager.default.contentsOfDirectory(atPath: copies).isEmpty)
  }

  @Test func copyThatWasLeftIsFound() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 3)
    do {
      let autosave = Autosave(folder: folder.path)
      try autosave.saveAndWait(session)
      autosave.leave()
    }
    try "x".write(toFile: folder.file("no.waymark"), atomically: false, encoding: .utf8)
    let found = Autosave.found(in: folder.path)
    try #require(found.count == 1)
    #expect(found[0].listing.items.map(\.name) == session.names)
    let (restored, _) = try SessionFile.restore(from: found[0].path, load: Classroom.load)
    expectEqual(session, restored)
    try Autosave.remove(found[0])
    #expect(Autosave.found(in: folder.path).isEmpty)
  }

  @Test func folderThatCannotBeMadeIsAFailureAndNoMore() throws {
    let folder = try ScratchFolder()
    try "x".write(toFile: folder.file("file"), atomically: false, encoding: .utf8)
    let autosave = Autosave(folder: folder.file("file"))
    #expect(throws: SessionFileError.self) { try autosave.saveAndWait(Session()) }
    #expect(!autosave.exists && autosave.failure != nil)
  }

  @Test func copyThatCanBeWrittenAgainEndsTheFailure() throws {
    let folder = try ScratchFolder()
    try "x".write(toFile: folder.file("copies"), atomically: false, encoding: .utf8)
    let autosave = Autosave(folder: folder.file("copies"))
    #expect(throws: SessionFileError.self) { try autosave.saveAndWait(Session()) }
    try FileManager.default.removeItem(atPath: folder.file("copies"))
    try autosave.saveAndWait(Session())
    #expect(autosave.exists && autosave.failure == nil)
  }

  /// A copy's name has the second in which the first was made.
  @Test func laterCopyTakesThePlaceOfTheFirst() async throws {
    let folder = try ScratchFolder()
    let autosave = Autosave(folder: folder.path)
    try autosave.saveAndWait(Session())
    let names = try folder.names
    let second = Int(Date().timeIntervalSince1970)
    while Int(Date().timeIntervalSince1970) == second {
      try await Task.sleep(for: .milliseconds(20))
    }
    let session = try Classroom.session(steps: 0)
    try autosave.saveAndWait(session)
    #expect(try folder.names == names && names.count == 1)
    #expect(try SessionFile.contents(of: folder.file(names[0])).items.map(\.name) == session.names)
  }

  /// By the time of the save, whatever the files are called.
  @Test func newestCopyIsFoundFirst() throws {
    let folder = try ScratchFolder()
    let names = ["2-1.waymark", "1-1.waymark", "3-1.waymark"]
    for name in names { try SessionFile.save(Session(), to: folder.file(name)) }
    #expect(
      Autosave.found(in: folder.path).map(\.path) == names.reversed().map { folder.file($0) })
  }
}
