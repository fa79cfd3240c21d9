import Foundation
import System
import Testing

/// The gate on real files, in a process that is confined to the folder `work`; `out` lies beside it.
///
/// Permissions hold for the life of a process, so each of these bodies runs in one of its own.
struct FileGateTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["work/empty", "out/empty"] { try folder.makeFolder(name) }
    for name in ["a", "b"] { try folder.write("inside", to: "work/\(name).txt") }
    try folder.write("outside", to: "out/b.txt")
    try folder.link("work/exit", to: "../out/b.txt")
    try folder.link("work/door", to: "../out")
  }

  /// Paths within a folder, in order.
  private func contents(_ name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder(name)).sorted()
  }

  @Test func nothingOutsideIsChanged() async throws {
    await #expect(processExitsWith: .success) { [root = folder.path as String] in
      confine(root)
      let (inside, outside) = (root + "/work/a.txt", root + "/out/b.txt")
      expectDenied(FileGate.open(outside, O_WRONLY | O_TRUNC))
      expectDenied(FileGate.open(root + "/work/exit", O_WRONLY | O_TRUNC))
      expectDenied(FileGate.open(root + "/out/new.txt", O_WRONLY | O_CREAT))
      expectDenied(FileGate.rename(outside, to: root + "/work/c.txt"))
      expectDenied(FileGate.rename(inside, to: root + "/out/a.txt"))
      expectDenied(FileGate.link(outside, to: root + "/work/c.txt"))
      expectDenied(FileGate.link(inside, to: root + "/out/a.txt"))
      expectDenied(FileGate.makeLink(root + "/out/link", to: "b.txt"))
      expectDenied(FileGate.remove(outside))
      expectDenied(FileGate.remove(root + "/work/door/b.txt"))
      expectDenied(FileGate.removeFolder(root + "/out/empty"))
      expectDenied(FileGate.makeFolder(root + "/out/new"))
      expectDenied(FileGate.makeFolder(root + "/new/deep"))
      expectDenied(FileGate.makeTemporaryFolder(root + "/out/XXXXXX") == nil ? -1 : 0)
    }
    #expect(try folder.names == ["out", "work"])
    #expect(try contents("out") == ["b.txt", "empty"] && folder.text("out/b.txt") == "outside")
    #expect(try contents("work") == ["a.txt", "b.txt", "door", "empty", "exit"])
  }

  @Test func whatIsInsideMayBeChanged() async throws {
    await #expect(processExitsWith: .success) { [root = folder.path as String] in
      let work = root + "/work"
      confine(root)
      let file = FileGate.open(work + "/new.txt", O_WRONLY | O_CREAT)
      #expect(file >= 0)
      close(file)
      #expect(FileGate.makeFolder(work + "/one/two/three") == 0)
      #expect(FileGate.rename(work + "/new.txt", to: work + "/one/two/moved.txt") == 0)
      #expect(FileGate.link(work + "/a.txt", to: work + "/second.txt") == 0)
      #expect(FileGate.remove(work + "/a.txt") == 0)
      #expect(FileGate.makeLink(work + "/link", to: "second.txt") == 0)
      // The links themselves, wherever they lead.
      for name in ["exit", "door"] { #expect(FileGate.remove(work + "/" + name) == 0) }
      #expect(FileGate.removeFolder(work + "/empty") == 0)
      #expect(FileGate.remove(root + "/out/../work/./b.txt") == 0)
      #expect(throws: Never.self) { try WholeFile.write("whole".utf8, to: work + "/c.txt") }
      let made = FileGate.makeTemporaryFolder(work + "/XXXXXX")
      #expect(made?.hasPrefix(work + "/") == true && FileGate.removeFolder(made ?? "") == 0)
    }
    #expect(
      try contents("work") == [
        "c.txt", "link", "one", "one/two", "one/two/moved.txt", "one/two/three", "second.txt",
      ])
    #expect(try folder.text("work/second.txt") == "inside" && folder.text("work/c.txt") == "whole")
    #expect(try contents("out") == ["b.txt", "empty"])
  }

  @Test func rootOfAllFilesMayBeTheFolder() async {
    await #expect(processExitsWith: .success) { [root = folder.path as String] in
      Permissions.confine(to: .files(below: "/"))
      #expect(FileGate.remove(root + "/out/b.txt") == 0)
      #expect(throws: Never.self) { try Permissions.ofProcess.target("/") }
    }
  }

  /// A link may come between the look at a path and its opening. Somebody puts one there again and
  /// again, in turn with a file.
  @Test func linkThatComesMeanwhileIsNotFollowed() async {
    await #expect(processExitsWith: .success) { [root = folder.path as String] in
      confine(root)
      let (path, outside) = (root + "/work/x", root + "/out/b.txt")
      var (status, other) = (stat(), stat())
      try #require(stat(outside, &other) == 0)
      let thief = Thread {
        while !Thread.current.isCancelled {
          close(open(path, O_WRONLY | O_CREAT, 0o600))
          unlink(path)
          symlink(outside, path)
          unlink(path)
        }
      }
      thief.start()
      var (inside, escaped) = (0, 0)
      for _ in 0..<2000 {
        let file = FileGate.open(path, O_WRONLY | O_CREAT)
        guard file >= 0, fstat(file, &status) == 0 else { continue }
        if status.st_ino == other.st_ino { escaped += 1 } else { inside += 1 }
        close(file)
      }
      thief.cancel()
      #expect(escaped == 0 && inside > 0)
    }
  }

  @Test func nobodyWidensWhatIsPermitted() async {
    await #expect(processExitsWith: .success) { [root = folder.path as String] in
      confine(root)
      Permissions.confine(to: .everything)
      Permissions.confine(to: .files(below: root))
      #expect(Permissions.ofProcess == .files(below: root + "/work"))
      let failure = #expect(throws: FileFailure.self) {
        try WholeFile.write("x".utf8, to: root + "/out/b.txt")
      }
      #expect(failure?.code == EPERM)
      #expect(failure?.reason == "--safe: it is outside the working directory")
    }
  }

  @Test func noProgramIsStarted() async {
    await #expect(processExitsWith: .success) { [root = folder.path as String] in
      confine(root)
      var pid: pid_t = 0
      let program = ChildProgram("true", arguments: ["true"], environment: [:])
      #expect(program.start(&pid) == EPERM && pid == 0)
    }
  }
}

private func confine(_ root: String) {
  Permissions.confine(to: .files(below: root + "/work"))
}

private func expectDenied(
  _ answer: Int32, sourceLocation: SourceLocation = #_sourceLocation
) {
  let code = errno
  #expect(answer == -1 && code == EPERM, sourceLocation: sourceLocation)
}
