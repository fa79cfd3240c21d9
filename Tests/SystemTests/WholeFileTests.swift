import Foundation
import System
import Testing

struct WholeFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func oldFileIsThereUntilTheNewOneIsWhole() throws {
    try folder.write("old", to: "a.txt")
    do {
      let file = try WholeFile(folder("a.txt"))
      try Array("new".utf8).withUnsafeBytes { try file.write($0) }
      #expect(try folder.text("a.txt") == "old" && folder.names.count == 2)
      try file.finish()
    }
    #expect(try folder.text("a.txt") == "new" && folder.names == ["a.txt"])
  }

  @Test func fileThatIsNotFinishedLeavesNothing() throws {
    do {
      let file = try WholeFile(folder("a.txt"))
      try Array("new".utf8).withUnsafeBytes { try file.write($0) }
    }
    #expect(try folder.names == [])
  }

  @Test func fileThatCameMeanwhileNeedNotGiveWay() throws {
    let file = try WholeFile(folder("a.txt"))
    #expect(file.temporaryPath.hasSuffix(".part"))
    try Array("new".utf8).withUnsafeBytes { try file.write($0) }
    try folder.write("other", to: "a.txt")
    #expect(throws: FileFailure(path: folder("a.txt"), code: EEXIST)) {
      try file.finish(replacing: false)
    }
    #expect(try folder.text("a.txt") == "other")
    try file.finish()
    #expect(try folder.text("a.txt") == "new" && folder.names == ["a.txt"])
    let second = try WholeFile(folder("b.txt"))
    try second.finish(replacing: false)
    #expect(try folder.names == ["a.txt", "b.txt"])
  }

  @Test func failuresAreFacts() throws {
    // Made without a look at the disk, where there is no such folder.
    #expect(FileFailure(path: "no/a.txt", code: ENOENT).missingFolder == nil)
    #expect(FileGate.failure("no/a.txt", ENOENT).missingFolder == "no")
    #expect(FileGate.failure("no/a.txt", EACCES).missingFolder == nil)
    #expect(FileFailure.missing("a\u{1B}") == "there is no file 'a?'")
  }

  @Test func folderThatIsNotThereIsNamed() throws {
    try folder.write("x", to: "file")
    try folder.link("link", to: "no/b.txt")
    for (path, missing) in [
      ("no/a.txt", "no"), ("no/such/a.txt", "no/such"), ("file/a.txt", "file"), ("link", "no"),
    ] {
      let sentence = "there is no folder '\(folder(missing))'; make it, or name another"
      let failure = #expect(throws: FileFailure.self) {
        try WholeFile.write("x".utf8, to: folder(path))
      }
      #expect(failure?.description == sentence)
      let foreseen = #expect(throws: FileFailure.self) { try FileGate.check(folder(path)) }
      #expect(foreseen?.description == sentence)
    }
    #expect(FileFailure(path: "a.txt", code: ENOENT).missingFolder == nil)
    #expect(FileFailure(path: "no/a.txt", code: EACCES).description == "no/a.txt: no permission")
  }

  @Test func whatCanBeWrittenIsSaidBefore() throws {
    try folder.write("x", to: "file")
    for path in ["a.txt", "file"] { try FileGate.check(folder(path)) }
    try FileGate.check("a.txt")
    #expect(throws: FileFailure(path: folder.path, code: EISDIR)) {
      try FileGate.check(folder.path)
    }
    #expect(FileFailure(path: "a", code: EISDIR).description == "a: it is a folder")
  }

  #if os(Linux)
    /// The folder is there; /proc answers that nothing of the name is.
    @Test func folderWhereNothingCanBeMadeIsNotSaidToBeMissing() {
      let failure = #expect(throws: FileFailure.self) {
        try WholeFile.write("x".utf8, to: "/proc/waymark.txt")
      }
      #expect(failure?.missingFolder == nil)
      #expect(failure?.description.hasPrefix("/proc/waymark.txt: ") == true)
    }
  #endif

  @Test func permissionsAreKept() throws {
    try WholeFile.write("x".utf8, to: folder("a.txt"))
    chmod(folder("a.txt"), 0o640)
    try WholeFile.write("y".utf8, to: folder("a.txt"))
    var status = stat()
    #expect(stat(folder("a.txt"), &status) == 0 && status.st_mode & 0o777 == 0o640)
  }

  @Test func linksAreFollowed() throws {
    try folder.write("old", to: "target.txt")
    try folder.link("link.txt", to: "target.txt")
    try folder.link("dangling.txt", to: "new.txt")
    try WholeFile.write("new".utf8, to: folder("link.txt"))
    try WholeFile.write("other".utf8, to: folder("dangling.txt"))
    #expect(try folder.text("target.txt") == "new" && folder.text("new.txt") == "other")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder("link.txt")) == "target.txt")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
  func deviceIsWrittenToAsItIs() throws {
    try folder.link("null", to: "/dev/null")
    try WholeFile.write("x".utf8, to: folder("null"))
    try folder.link("full", to: "/dev/full")
    #expect(throws: FileFailure(path: folder("full"), code: ENOSPC)) {
      try WholeFile.write("x".utf8, to: folder("full"))
    }
    #expect(try folder.names == ["full", "null"])
  }

  /// The lock says who is still writing, wherever that process is; its number would not.
  @Test func whatWritersLeftGoesAndWhatTheyWriteStays() throws {
    let left = [
      ".waymark-1.part", ".waymark-1-7.saving", ".waymark-\(getpid())-7.saving",
      ".waymark-2147483647-1.saving",
    ]
    let kept = [".waymark-note", "other.part", ".waymark-mine.txt"]
    for name in left + kept { try folder.write("x", to: name) }
    // No file, whatever its name is.
    let pipe = ".waymark-3.part"
    try #require(mkfifo(folder(pipe), 0o600) == 0)
    var writing = PartFileName(in: folder.path)
    let descriptor = writing.open(0o600)
    try #require(descriptor >= 0)
    try WholeFile.write("x".utf8, to: folder("a.txt"))
    let name = URL(filePath: writing.path).lastPathComponent
    #expect(try folder.names == (kept + ["a.txt", name, pipe]).sorted())
    close(descriptor)
    // A process that another test is about to start holds the lock for as long as it is a copy of this
    // one.
    for _ in 0..<200 {
      try WholeFile.write("x".utf8, to: folder("a.txt"))
      if try !folder.names.contains(name) { break }
      usleep(20_000)
    }
    #expect(try folder.names == (kept + ["a.txt", pipe]).sorted())
  }

  #if os(Linux)
    /// A limit on the size of files stands for the end of the disk: the first write takes a part of
    /// what it is given, the next one nothing.
    @Test func fileThatDoesNotFitOnTheDiskReplacesNothing() async throws {
      try folder.write("old", to: "a.txt")
      await #expect(processExitsWith: .success) { [path = folder("a.txt") as String] in
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit()
        let size = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        getrlimit(size, &limit)
        let old = limit.rlim_cur
        limit.rlim_cur = 10
        setrlimit(size, &limit)
        let failure = #expect(throws: FileFailure.self) {
          try WholeFile.write([UInt8](repeating: 1, count: 20), to: path)
        }
        limit.rlim_cur = old
        setrlimit(size, &limit)
        #expect(failure == FileFailure(path: path, code: EFBIG))
      }
      #expect(try folder.text("a.txt") == "old" && folder.names == ["a.txt"])
    }
  #endif
}
