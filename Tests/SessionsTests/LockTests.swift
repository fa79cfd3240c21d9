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

  /// A child that another thread forks shares all open files until it becomes another program: the lock
  /// does not wait for it.
  @Test func lockEndsThoughAForkedChildStillHasTheFileOpen() throws {
    let folder = try ScratchFolder()
    var lock: SessionLock? = try SessionFile.save(Session(), to: folder.file())
    #expect(lock?.holds(folder.file()) == true)
    var file = stat()
    try #require(stat(folder.file(), &file) == 0)
    let copies = (Int32(0)..<4096).compactMap { descriptor -> Int32? in
      var open = stat()
      let isLocked = fstat(descriptor, &open) == 0 && open.st_ino == file.st_ino
      return isLocked && open.st_dev == file.st_dev ? dup(descriptor) : nil
    }
    defer { for copy in copies { close(copy) } }
    #expect(!copies.isEmpty)
    lock = nil
    #expect(try SessionLock(folder.file()).holds(folder.file()))
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

  /// Where nothing was when the save began, somebody else saves before it ends.
  @Test func fileThatCameWhileItWasSavedIsLeftAsItIs() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 0)
    try SessionFile.save(Session(), to: folder.file("other.waymark"))
    let other = try bytes(folder.file("other.waymark"))
    #expect(throws: SessionFileError.exists(path: folder.file())) {
      try SessionFile.save(session, to: folder.file(), replacing: .nothing) {
        try? FileManager.default.copyItem(
          atPath: folder.file("other.waymark"), toPath: folder.file())
        return false
      }
    }
    #expect(try bytes(folder.file()) == other)
    #expect(try folder.names == ["day1.waymark", "other.waymark"])
  }
}
