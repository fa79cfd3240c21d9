import CommandLanguage
import Foundation
import Learning
import Sessions
import Shell
import Testing

/// What comes back with a session file, and what it may replace.
struct RestoreTests {
  private let folder: TestFolder
  private static let preparation = """
    load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(2,3), relu, pool] size=16 as net

    """

  init() throws { folder = try TestFolder() }

  @Test func liveObjectIsReplacedOnRequestOnly() throws {
    let file = folder("a.waymark")
    let saved = try TestShell(after: Self.preparation + "save session '\(file)'")
    var shell = try TestShell(
      after: "load synthetic classes=3 per-class=8 test-per-class=4 size=16 as signs")
    let before = try shell.digest("signs")
    let error = shell.error(of: "restore session '\(file)' only=[signs, T]")?.text() ?? ""
    #expect(error.contains("'signs' is live already; add replace=on to replace it"))
    #expect(try shell.digest("signs") == before && shell.context.session["T"] == nil)
    try shell.run("restore session '\(file)' only=[signs, T] replace=on")
    #expect(try shell.digest("signs") == saved.digest("signs") && before != saved.digest("signs"))
  }

  /// Images that a file carried are carried by the next one too: their folder may be gone.
  @Test func imagesThatAFileCarriedStayWithTheSession() throws {
    for name in ["a", "b"] {
      for number in 1...6 {
        let pixels = (0..<16 * 16 * 3).map { UInt8(($0 * number) % 251) }
        try folder.write("P6 16 16 255\n".utf8 + pixels, to: "signs/\(name)/\(number).ppm")
      }
    }
    let (first, second) = (folder("a.waymark"), folder("b.waymark"))
    let shell = try TestShell(
      after: "load folder '\(folder("signs"))' size=16 as signs\nsave session '\(first)' embed=data"
    )
    try FileManager.default.removeItem(atPath: folder("signs"))
    _ = try TestShell(after: "restore session '\(first)' only=[signs]\nsave session '\(second)'")
    let later = try TestShell(after: "restore session '\(second)'")
    #expect(try later.digest("signs") == shell.digest("signs"))
    guard case .data? = later.context.session["signs"] else {
      Issue.record("the images are gone")
      return
    }
  }

  /// `step` goes on with the last run that has something left to do.
  @Test func stepGoesOnWithTheRunThatIsNotFinished() throws {
    let file = folder("a.waymark")
    _ = try TestShell(
      after: Self.preparation + """
        begin finetune net on=T epochs=1 as slow
        step slow unit=task
        run finetune net on=T epochs=1 as whole
        save session '\(file)'
        """)
    var shell = try TestShell(after: "restore session '\(file)'")
    try shell.run("step unit=task")
    guard case .run(let run)? = shell.context.session["slow"] else {
      Issue.record("'slow' is gone")
      return
    }
    #expect(run.run.isFinished)
  }
}
