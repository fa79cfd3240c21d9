import CommandLanguage
import Foundation
import Shell
import Testing

/// What learners get wrong, in `Tests/Scripts/errors`: each script ends with all that the program
/// says about it, as comments that begin with `#!`.
///
/// With `WAYMARK_WRITE_EXPECTED=1` the comments are written anew, to be read over.
struct LearnerMistakeTests {
  static let folder = ScriptTests.folder.appending(path: "errors")

  static let names: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".way") }.sorted()
  }()

  private static let preparation = """
    load synthetic classes=4 per-class=10 test-per-class=5 size=16 as signs
    tasks signs size=2 as T
    define model simplecnn size=16 as net
    define model dercnn size=16 as two
    begin finetune net on=T epochs=1 as ft
    """

  @Test func sixtyKindsOfMistakeAreThere() { #expect(Self.names.count >= 60) }

  @Test(arguments: names)
  func mistakeIsExplained(name: String) throws {
    let file = Self.folder.appending(path: name)
    let text = try String(contentsOf: file, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let statements = lines.filter { !$0.hasPrefix("#!") }.joined(separator: "\n")
    var shell = try TestShell(after: Self.preparation)
    let before = try shell.state
    // As the program does: what can be seen before is said before anything runs.
    let seen = Registry.waymark.check(Script(statements, name: name), in: shell.context)
    let late = seen.isEmpty ? [shell.error(of: statements, name: name)].compactMap(\.self) : []
    let said = (seen + late).map { $0.text() }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["WAYMARK_WRITE_EXPECTED"] == "1" {
      let comments = said.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "#!" : "#! \($0)" }
      try (statements + comments.joined(separator: "\n") + "\n")
        .write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = lines.filter { $0.hasPrefix("#!") }.map { String($0.dropFirst(3)) }
      .joined(separator: "\n")
    #expect(!said.isEmpty, "a mistake that nobody notices")
    #expect(said == expected)
    if !seen.isEmpty { #expect(shell.printed() == "") }
    if statements.split(separator: "\n").count == 2 { #expect(try shell.state == before) }
  }
}
