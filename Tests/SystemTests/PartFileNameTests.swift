import Dispatch
import Foundation
import Synchronization
import System
import Testing

struct PartFileNameTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Between being made and being locked a file looks like one that was left behind. Of some thousand
  /// files a few are swept at that moment, if the folder is swept all the time. One of those who sweep
  /// removes what it has locked only a little later.
  @Test func filesThatAreMadeWhileOthersSweepAreThereAndLocked() {
    let path = folder.path
    let sweepers = [
      Thread { while !Thread.current.isCancelled { PartFileName.sweep(path) } },
      Thread { while !Thread.current.isCancelled { sweepSlowly(path) } },
    ]
    for sweeper in sweepers { sweeper.start() }
    defer { for sweeper in sweepers { sweeper.cancel() } }
    let lost = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      var parts: [HeldPart] = []
      for _ in 0..<2000 {
        parts.append(HeldPart(in: path))
        // Long enough for the slow one to come.
        guard parts.count == 16 else { continue }
        if !parts.removeFirst().remove() { lost.withLock { $0 += 1 } }
      }
      for part in parts { _ = part.remove() }
    }
    #expect(lost.withLock { $0 } == 0)
  }
}

private struct HeldPart {
  private let path: String
  private let file: Int32

  init(in folder: String) {
    var part = PartFileName(in: folder)
    file = part.open(0o600)
    path = part.path
  }

  /// Whether the file was there until now, with our lock on it.
  func remove() -> Bool {
    let other = open(path, O_RDONLY | O_CLOEXEC)
    // Who has the lock gets it again; nobody else does.
    let isOurs = flock(file, LOCK_EX | LOCK_NB) == 0
    let isTheirs = flock(other, LOCK_EX | LOCK_NB) == 0
    defer {
      close(other)
      unlink(path)
      close(file)
    }
    return other >= 0 && isOurs && !isTheirs
  }
}

/// Removes what nobody has locked, as `PartFileName.sweep` does.
private func sweepSlowly(_ folder: String) {
  PartFileName.sweep(folder) { name in
    guard name.hasSuffix(".part") else { return false }
    let path = folder + "/" + name
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    if flock(file, LOCK_EX | LOCK_NB) == 0 {
      usleep(200)
      unlink(path)
    }
    close(file)
    return false
  }
}
