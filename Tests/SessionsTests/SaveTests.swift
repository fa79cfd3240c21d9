import Foundation
import Learning
import Networks
import Randomness
import Sessions
import System
import Tensors
import Testing

struct SaveTests {
  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  @Test func newFileIsTheOwnersAndAReplacedOneKeepsItsPermissions() throws {
    let folder = try ScratchFolder()
    func mode() throws -> Int {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.file())
      return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
    try SessionFile.save(Session(), to: folder.file())
    #expect(try mode() == 0o600)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: folder.file())
    try SessionFile.save(Session(), to: folder.file())
    #expect(try mode() == 0o644)
  }

  @Test(arguments: ["a note", String(repeating: "x", count: 5000), "SQLite format 3\0"])
  func foreignFileIsLeftAsItIs(content: String) throws {
    let folder = try ScratchFolder()
    try content.write(toFile: folder.file(), atomically: false, encoding: .utf8)
    #expect(throws: SessionFileError.foreignFile(path: folder.file())) {
      try SessionFile.save(Session(), to: folder.file())
    }
    #expect(try bytes(folder.file()) == Data(content.utf8))
    #expect(throws: SessionFileError.notASession(path: folder.file())) {
      try SessionFile.restore(from: folder.file(), load: Classroom.load)
    }
  }

  @Test func emptyFileIsReplaced() throws {
    let folder = try ScratchFolder()
    try "".write(toFile: folder.file(), atomically: false, encoding: .utf8)
    try SessionFile.save(Session(), to: folder.file())
    #expect(try SessionFile.contents(of: folder.file()).items.isEmpty)
  }

  @Test func symbolicLinkIsFollowed() throws {
    let folder = try ScratchFolder()
    try SessionFile.save(Session(), to: folder.file())
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: folder.file())
    try SessionFile.save(try Classroom.session(steps: 0), to: folder.file("link"))
    #expect(
      try SessionFile.contents(of: folder.file()).items.count == 4 + Classroom.strategies.count)
    #expect(try folder.names == ["day1.waymark", "link"])
  }

  @Test func pathsThatAreNoFilesAreRefused() throws {
    let folder = try ScratchFolder()
    let missing = folder.file("no/such")
    #expect(throws: SessionFileError.notAFile(path: folder.path)) {
      try SessionFile.save(Session(), to: folder.path)
    }
    #expect(throws: SessionFileError.notAFile(path: "")) {
      try SessionFile.save(Session(), to: "")
    }
    for path in [missing + "/day1.waymark", "no/such/day1.waymark"] {
      let error = #expect(throws: SessionFileError.self) {
        try SessionFile.save(Session(), to: path)
      }
      #expect(error == .noPlace(FileGate.failure(path, ENOENT)))
      #expect(error?.message.hasSuffix("no/such'; make it, or name another") == true)
    }
    #expect(throws: SessionFileError.noSuchFile(path: missing)) {
      try SessionFile.restore(from: missing, load: Classroom.load)
    }
    #expect(throws: SessionFileError.notAFile(path: folder.path)) {
      try SessionFile.contents(of: folder.path)
    }
  }

  @Test func pipeIsNotWaitedFor() throws {
    let folder = try ScratchFolder()
    try #require(mkfifo(folder.file(), 0o600) == 0)
    #expect(throws: SessionFileError.notAFile(path: folder.file())) {
      try SessionFile.contents(of: folder.file())
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func readOnlyFolderLeavesTheOldFile() throws {
    let folder = try ScratchFolder()
    try SessionFile.save(Session(), to: folder.file())
    let before = try bytes(folder.file())
    chmod(folder.path, 0o500)
    defer { chmod(folder.path, 0o700) }
    #expect(throws: SessionFileError.self) {
      try SessionFile.save(try Classroom.session(steps: 0), to: folder.file())
    }
    #expect(try bytes(folder.file()) == before)
    #expect(try SessionFile.contents(of: folder.file()).items.isEmpty)
  }

  @Test(.enabled(if: SmallDisk.canBeMade, "needs the right to mount a file system"))
  func readOnlyDiskLeavesTheOldFile() throws {
    try SmallDisk.with(megabytes: 4) { disk, folder in
      try SessionFile.save(Session(), to: disk + "/day1.waymark")
      let before = try bytes(disk + "/day1.waymark")
      try #require(SmallDisk.forbidWriting(disk))
      #expect {
        try SessionFile.save(try Classroom.session(steps: 0), to: disk + "/day1.waymark")
      } throws: { error in
        guard case SessionFileError.notWritable? = error as? SessionFileError else { return false }
        return true
      }
      #expect(try bytes(disk + "/day1.waymark") == before)
      #expect(try SessionFile.contents(of: disk + "/day1.waymark").items.isEmpty)
      try SessionFile.save(try Classroom.session(steps: 0), to: folder.file())
    }
  }

  /// A disk that ends after each number of pages: the old session stays whole every time.
  @Test func fullDiskLeavesTheOldFileWhereverItStrikes() throws {
    let folder = try ScratchFolder()
    try SessionFile.save(Session(), to: folder.file())
    let before = try bytes(folder.file())
    let session = try Classroom.session(steps: 5)
    try SessionFile.save(session, to: folder.file("whole"))
    let pages = try bytes(folder.file("whole")).count / 8192
    try #require(pages > 20)
    for limit in 1..<pages {
      #expect(throws: SessionFileError.diskFull(path: folder.file()), "\(limit) pages") {
        try SessionFile.save(session, to: folder.file(), schema: .current, pageLimit: limit)
      }
      #expect(try bytes(folder.file()) == before)
      #expect(try folder.names == ["day1.waymark", "whole"])
    }
    try SessionFile.save(session, to: folder.file(), schema: .current, pageLimit: pages)
    let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    expectEqual(session, restored)
  }

  @Test(.enabled(if: SmallDisk.canBeMade, "needs the right to mount a file system"))
  func diskWithoutRoomLeavesTheOldFile() throws {
    try SmallDisk.with(megabytes: 1) { disk, folder in
      try SessionFile.save(Session(), to: disk + "/day1.waymark")
      let before = try bytes(disk + "/day1.waymark")
      let architecture = try Preset.simpleCNN2.architecture(
        input: .image(height: 32, width: 32, channels: 3), outputs: 43)
      var session = Session()
      session.set(
        "large",
        to: .network(Network(architecture, initialization: .xavier, random: .init(seed: 0))))
      #expect(throws: SessionFileError.diskFull(path: disk + "/day1.waymark")) {
        try SessionFile.save(session, to: disk + "/day1.waymark")
      }
      #expect(try bytes(disk + "/day1.waymark") == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == ["day1.waymark"])
      try SessionFile.save(session, to: folder.file())
      let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
      expectEqual(session, restored)
    }
  }

  @Test(.enabled(if: SmallDisk.canBeMade, "needs the right to mount a file system"))
  func diskThatTakesNoMoreFilesIsFull() throws {
    try SmallDisk.with(megabytes: 1, files: 8) { disk, _ in
      var count = 0
      while count < 8, FileManager.default.createFile(atPath: "\(disk)/\(count)", contents: nil) {
        count += 1
      }
      try #require(count < 8)
      #expect(throws: SessionFileError.diskFull(path: disk + "/day1.waymark")) {
        try SessionFile.save(Session(), to: disk + "/day1.waymark")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: disk).count == count)
    }
  }

  @Test func leftoversOfDeadSavesAreRemovedAndOthersKept() throws {
    let folder = try ScratchFolder()
    let kept = [".waymark-note", "other.saving"]
    let left = [
      ".waymark-1-7.saving", ".waymark-\(getpid())-7.saving", ".waymark-2147483647-1.saving",
      ".waymark-0123456789abcdef.part",
    ]
    for name in kept + left {
      try "x".write(toFile: folder.file(name), atomically: false, encoding: .utf8)
    }
    try SessionFile.save(Session(), to: folder.file())
    #expect(try folder.names == (kept + ["day1.waymark"]).sorted())
  }

  @Test func savesAtTheSameTimeAreWholeSessions() async throws {
    let folder = try ScratchFolder()
    let file = folder.file()
    let session = try Classroom.session(steps: 2)
    // A save that meets the lock of another one is told, as another process would be.
    let saved = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          do {
            _ = try SessionFile.save(session, to: file)
            return true
          } catch {
            guard case .inUse(file, _)? = error as? SessionFileError else {
              Issue.record(error)
              return false
            }
            return false
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(saved > 0)
    let (restored, _) = try SessionFile.restore(from: file, load: Classroom.load)
    expectEqual(session, restored)
    #expect(try folder.names == ["day1.waymark"])
  }
}
