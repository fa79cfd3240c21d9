import CommandLanguage
import Foundation
import Sessions
import Shell
import Synchronization
import Testing

/// Who may save over which session file.
struct ReplacementTests {
  private let folder: TestFolder
  private var file: String { folder("day1.waymark") }

  init() throws {
    folder = try TestFolder()
    var shell = TestShell()
    try shell.run("load synthetic classes=2 per-class=3 size=16 as precious; save session \(file)")
  }

  private static let other = "define model simplecnn size=16 as other"

  private var names: [String] {
    get throws { try SessionFile.contents(of: file).items.map(\.name) }
  }

  @Test func scriptDoesNotReplaceAnotherSessionsFile() throws {
    var shell = try TestShell(after: Self.other)
    let text = shell.error(of: "save session \(file)")?.text() ?? "no error"
    #expect(text.contains("is there already") && text.contains("replace=on"), "\(text)")
    #expect(try names == ["precious"])
    try shell.run("save session \(file) replace=on")
    #expect(try names == ["other"])
    // From then on it is this session's.
    try shell.run("define model simplecnn size=16 as more; save session \(file); save session")
    #expect(try names == ["other", "more"])
  }

  @Test func restoredFileIsTheSessionsOwn() throws {
    var shell = TestShell()
    try shell.run("restore session \(file)\n\(Self.other)\nsave session \(file)")
    #expect(try names == ["precious", "other"])
    // Parts of another session make its file nobody's.
    var second = try TestShell(after: "restore session \(file) only=[other]")
    #expect(second.error(of: "save session \(file)") != nil)
    #expect(try names == ["precious", "other"])
  }

  /// Whoever has the file's lock knows that no other Waymark wrote to it.
  @Test func touchedFileIsStillTheSessionsOwn() throws {
    var shell = TestShell()
    try shell.run("restore session \(file)\n\(Self.other)")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: 100)], ofItemAtPath: file)
    try shell.run("save session \(file)")
    #expect(try names == ["precious", "other"])
  }

  /// Two shells in one process lock each other out as two processes do.
  @Test func whatWasSavedMeanwhileIsNotLost() throws {
    var first: TestShell? = try TestShell(after: "restore session \(file)")
    var second = TestShell()
    let note = try second.output(of: "restore session \(file)")
    #expect(note.contains("is in use by another Waymark"))
    try first?.run("\(Self.other)\nsave session")
    let inUse = second.error(of: "save session \(file)")?.text() ?? "no error"
    #expect(inUse.contains("in use"), "\(inUse)")
    first = nil
    let changed = second.error(of: "save session \(file)")?.text() ?? "no error"
    #expect(changed.contains("was changed by another Waymark"), "\(changed)")
    #expect(try names == ["precious", "other"])
    try second.run("save session \(file) replace=on")
    #expect(try names == ["precious"])
  }

  /// The lock is taken before the file is read: what others save in between is read, or refused.
  @Test func unchangedFileMayBeSavedWhenItsOwnerIsGone() throws {
    var first: TestShell? = try TestShell(after: "restore session \(file)")
    var second = try TestShell(after: "restore session \(file)")
    #expect(first?.context.session.names == ["precious"])
    first = nil
    try second.run("\(Self.other)\nsave session \(file)")
    #expect(try names == ["precious", "other"])
  }

  @Test(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
  func everyProcessThatSaysSavedIsInTheFile() throws {
    for round in 0..<3 {
      let result = try Waymark.run(
        [
          "--quiet", "-c",
          "load synthetic classes=2 per-class=3 size=16 as s; save session r\(round).waymark",
        ], in: folder)
      try #require(result.exit == 0)
      let exits = Exits()
      DispatchQueue.concurrentPerform(iterations: 3) { index in
        let script = """
          restore session r\(round).waymark
          define model simplecnn size=16 as q\(index)
          save session r\(round).waymark
          """
        exits.add(
          "q\(index)", (try? Waymark.run(["--quiet", "-c", script], in: folder))?.exit ?? -1)
      }
      let kept = Set(try SessionFile.contents(of: folder("r\(round).waymark")).items.map(\.name))
      #expect(kept.isSuperset(of: exits.names(of: 0)), "\(exits.names(of: 0)), in the file \(kept)")
      #expect(!exits.names(of: 0).isEmpty)
    }
  }
}

/// How processes ended that ran at the same time.
private final class Exits: Sendable {
  private let exits = Mutex<[String: Int32]>([:])

  func add(_ name: String, _ exit: Int32) { exits.withLock { $0[name] = exit } }

  func names(of exit: Int32) -> Set<String> {
    exits.withLock { Set($0.filter { $0.value == exit }.keys) }
  }
}
