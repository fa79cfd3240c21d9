import Foundation
import Sessions
import Testing

/// One process at a time may replace a session file. Locks lie on open files, so two of them in one
/// process stand for two processes.
struct LockTests {
  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  @Test func fileInUseIsLeftAsItIs() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 0)
    let lock = try SessionFile.save(Session(), to: folder.file())
    #expect(lock.holds(folder.file()))
    let before = try bytes(folder.file())
    #expect {
      try SessionFile.save(session, to: folder.file())
    } throws: { error in
      guard case SessionFileError.inUse(folder.file(), let process)? = error as? SessionFileError
      else { return false }
      return process == nil || process == ProcessInfo.processInfo.processIdentifier
    }
    #expect(throws: SessionFileError.self) { try SessionLock(folder.file()) }
    #expect(try bytes(folder.file()) == before)
    #expect(try folder.names == ["day1.waymark"])
    // Elsewhere it can be saved, and what is in use can be read.
    try SessionFile.save(session, to: folder.file("other.waymark"))
    #expect(try SessionFile.contents(of: folder.file()).items.isEmpty)
    withExtendedLifetime(lock) {}
  }

  @Test func whoHasTheLockMaySaveAgainAndAgain() throws {
    let folder = try ScratchFolder()
    var lock = try SessionFile.save(Session(), to: folder.file())
    for steps in 0..<3 {
      let session = try Classroom.session(steps: steps)
      lock = try SessionFile.save(session, to: folder.file(), holding: lock)
      #expect(lock.holds(folder.file()))
      #expect(throws: SessionFileError.self) { try SessionFile.save(session, to: folder.file()) }
    }
  }

  @Test func lockEndsWithItsOwner() throws {
    let folder = try ScratchFolder()
    do {
      let lock = try SessionFile.save(Session(), to: folder.file())
      withExtendedLifetime(lock) {}
    }
    let lock = try SessionLock(folder.file())
    #expect(lock.holds(folder.file()))
    // Another file in its place is not the one that is locked.
    try FileManager.default.removeItem(atPath: folder.file())
    try "".write(toFile: folder.file(), atomically: false, encoding: .utf8)
    #expect(!lock.holds(folder.file()))
  }

  @Test func stoppedSaveLeavesTheOldFile() throws {
    let folder = try ScratchFolder()
    try SessionFile.save(Session(), to: folder.file())
    let before = try bytes(folder.file())
    let session = try Classroom.session(steps: 3)
    #expect(throws: SessionFileError.stopped(path: folder.file())) {
      try SessionFile.save(session, to: folder.file(), isCancelled: { true })
    }
    #expect(try bytes(folder.file()) == before)
    #expect(try folder.names == ["day1.waymark"])
  }

  @Test func fileOfAnotherSessionIsLeftAsItIs() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 0)
    try SessionFile.save(Session(), to: folder.file())
    let before = try bytes(folder.file())
    let error = SessionFileError.exists(path: folder.file())
    #expect(throws: error) { try SessionFile.save(session, to: folder.file(), replacing: .nothing) }
    #expect(error.message.contains("replace=on"))
    #expect(try bytes(folder.file()) == before)
    #expect(try folder.names == ["day1.waymark"])
    // Nothing and an empty file may give way, and so may the file whose lock one has.
    try SessionFile.save(session, to: folder.file("new.waymark"), replacing: .nothing)
    try "".write(toFile: folder.file("empty.waymark"), atomically: false, encoding: .utf8)
    let lock = try SessionFile.save(
      session, to: folder.file("empty.waymark"), replacing: .nothing)
    try SessionFile.save(
      session, to: folder.file("empty.waymark"), holding: lock, replacing: .nothing)
  }

  @Test func fileThatWasSavedMeanwhileIsLeftAsItIs() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 0)
    try SessionFile.save(Session(), to: folder.file())
    let stamp = try #require(FileStamp(folder.file()))
    try SessionFile.save(session, to: folder.file())
    let before = try bytes(folder.file())
    #expect(throws: SessionFileError.changed(path: folder.file())) {
      try SessionFile.save(Session(), to: folder.file(), replacing: .file(stamp))
    }
    #expect(try bytes(folder.file()) == before)
    let now = try #require(FileStamp(folder.file()))
    try SessionFile.save(Session(), to: folder.file(), replacing: .file(now))
    #expect(try SessionFile.contents(of: folder.file()).items.isEmpty)
  }
}

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
}
