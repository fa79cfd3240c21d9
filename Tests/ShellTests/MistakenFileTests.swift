import CommandLanguage
import Foundation
import Shell
import Testing

/// A file of another kind than the command needs.
struct MistakenFileTests {
  /// A session file leads to what restores it.
  @Test(arguments: ["replay", "source", "lesson"])
  func sessionIsNoScript(verb: String) throws {
    let folder = try TestFolder()
    let file = folder("a.waymark")
    var shell = try TestShell(after: "define model simplecnn size=16 as net; save session \(file)")
    let before = try shell.state
    let problem = shell.error(of: "\(verb) \(file)")
    let error = try #require(problem)
    #expect(error.wording.message == "'\(file)' is a session file, not a script")
    #expect(error.wording.suggestion == "'restore session \(file)' brings it back")
    #expect(error.wording.help == "help restore session")
    let after = try shell.state
    #expect(after == before)
  }

  @Test func fileThatIsNoTextIsNamed() throws {
    let folder = try TestFolder()
    let file = try folder.write([UInt8]([0x70, 0xFF, 0xFE, 0x0A]), to: "a.way")
    var shell = TestShell()
    let problem = shell.error(of: "source \(file)")
    let error = try #require(problem)
    #expect(error.wording.message == "'\(file)' is not a text in UTF-8")
  }

  @Test(.enabled(if: Waymark.isBuilt)) func programSaysHowASessionIsRestored() throws {
    let folder = try TestFolder()
    let file = folder("a.waymark")
    let saved = try Waymark.run(["-c", "define model simplecnn as net; save session \(file)"])
    #expect(saved.exit == 0)
    let result = try Waymark.run([file])
    #expect(result.exit == 2)
    #expect(
      result.messages
        == "error: '\(file)' is a session file, not a script: 'waymark --session \(file)' "
        + "restores it\n")
  }

  /// Names without an ending are Python's modules rather than files of weights.
  @Test(arguments: [("torch", true), ("torch.nn", true), ("gone.pth", false)])
  func modulesNeedNoImport(name: String, isModule: Bool) throws {
    var shell = TestShell()
    let problem = shell.error(of: "import \(name) as net")
    let error = try #require(problem)
    #expect(error.wording.message == "there is no file '\(name)'")
    let hint = "'import' reads weights, such as net.pth; Python's modules are not needed"
    #expect(error.wording.suggestion == (isModule ? hint : nil))
  }
}
