import Foundation
import Testing

/// Ctrl-D and `quit` with runs that no file holds.
extension PromptTests {
  private static let question = "'ft' is unsaved. Quit? [y/N]"

  private func trained() throws -> PseudoTerminal {
    let terminal = try furnished(width: 100)
    try terminal.enter("step ft")
    try terminal.waitForPrompt(after: "1/2 tasks", "ft 1/2>")
    return terminal
  }

  private func waitForQuestion(_ terminal: PseudoTerminal) throws {
    try terminal.wait("the question") { $0.currentLine == Self.question }
  }

  @Test(arguments: ["quit\r", "\u{4}"])
  func unsavedRunIsAskedAboutOnce(leaving: String) throws {
    let terminal = try trained()
    terminal.type(leaving)
    try waitForQuestion(terminal)
    terminal.type("n\r")
    try terminal.wait("the prompt") { $0.currentLine == "ft 1/2>" }
    // The answer stands until something else is trained.
    try terminal.enter("step ft unit=batch")
    try terminal.waitForPrompt(after: "epoch 1", "ft 1/2>")
    terminal.type(leaving)
    try waitForQuestion(terminal)
    terminal.type("n\r")
    try terminal.wait("the prompt") { $0.currentLine == "ft 1/2>" }
    terminal.type(leaving)
    #expect(try terminal.exitStatus() == 0)
  }

  @Test(arguments: ["y\r", "\u{4}"])
  func yesAndASecondControlDEnd(answer: String) throws {
    let terminal = try trained()
    terminal.type("\u{4}")
    try waitForQuestion(terminal)
    terminal.type(answer)
    #expect(try terminal.exitStatus() == 0)
  }

  @Test func questionFitsIntoANarrowTerminal() throws {
    let terminal = try trained()
    terminal.resize(width: 40, height: 20)
    terminal.type("quit\r")
    try waitForQuestion(terminal)
    terminal.type("n\r")
    try terminal.waitForPrompt(after: "'save session FILE' keeps everything", "ft 1/2>")
  }

  /// The first three lines of a paste are taken for answers; the rest is carried out.
  @Test func threeAnswersThatAreNoneAreANo() throws {
    let terminal = try furnished(width: 100)
    try terminal.enter("define model layers=[flatten] as net")
    try terminal.wait("the question") { $0.currentLine.hasSuffix("Replace it? [y/N]") }
    terminal.type("print a\rprint b\rprint c\rprint the rest\r")
    try terminal.waitForPrompt(
      after: "'print c' is not an answer, and was skipped; after 3 such lines it is a no",
      "ft 0/2>")
    try terminal.waitForPrompt(after: "\nthe rest", "ft 0/2>")
  }

  @Test func savedRunsAreNotAskedAbout() throws {
    let terminal = try trained()
    try terminal.enter("save session a.waymark")
    try terminal.waitForPrompt(after: "saved ", "ft 1/2>")
    // An object that is no run is soon made again.
    try terminal.enter("define model layers=[flatten] size=16 as other")
    try terminal.waitForPrompt(after: "other: ", "ft 1/2>")
    terminal.type("\u{4}")
    #expect(try terminal.exitStatus() == 0)
  }

  @Test func restoringAsksBeforeItReplacesARun() throws {
    let terminal = try trained()
    try terminal.enter("save session a.waymark")
    try terminal.waitForPrompt(after: "saved ", "ft 1/2>")
    try terminal.enter("step ft unit=batch")
    try terminal.waitForPrompt(after: "epoch 1", "ft 1/2>")
    try terminal.enter("restore session a.waymark")
    try terminal.wait("the question") {
      $0.currentLine == "'ft' is unsaved. Replace it? [y/N]"
    }
    terminal.type("n\r")
    try terminal.waitForPrompt(after: "nothing was restored", "ft 1/2>")
    try terminal.enter("restore session a.waymark")
    try terminal.wait("the question") { $0.currentLine.hasSuffix("[y/N]") }
    terminal.type("y\r")
    try terminal.waitForPrompt(after: "restored ", "ft 1/2>")
    // What was restored is in a file.
    try terminal.enter("quit")
    #expect(try terminal.exitStatus() == 0)
  }

  /// Whoever has the file's lock knows that no other Waymark wrote to it.
  @Test func touchedFileIsReplacedWithoutAQuestion() throws {
    let terminal = try trained()
    try terminal.enter("save session a.waymark")
    try terminal.waitForPrompt(after: "saved ", "ft 1/2>")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: 100)],
      ofItemAtPath: terminal.folder("a.waymark"))
    try terminal.enter("define model layers=[flatten] size=16 as other")
    try terminal.waitForPrompt(after: "other: ", "ft 1/2>")
    try terminal.enter("save session a.waymark")
    try terminal.waitForPrompt(after: "saved 5 objects", "ft 1/2>")
  }

  /// Another Waymark had the file and saved; its work is not taken for the session's own.
  @Test func fileThatChangedMeanwhileIsNotReplaced() throws {
    let terminal = try trained()
    try terminal.enter("save session a.waymark")
    try terminal.waitForPrompt(after: "saved ", "ft 1/2>")
    try terminal.enter("quit")
    #expect(try terminal.exitStatus() == 0)
    let file = terminal.folder("a.waymark")
    var other: TestShell? = try TestShell(after: "restore session '\(file)'")
    let late = try PseudoTerminal(["--quiet"], folder: terminal.folder)
    try late.waitForPrompt()
    try late.enter("restore session a.waymark")
    try late.waitForPrompt(after: "in use by another Waymark", "ft 1/2>")
    try other?.run("define model layers=[flatten] size=16 as more; save session")
    other = nil
    try late.enter("save session a.waymark")
    try late.waitForPrompt(after: "was changed by another Waymark", "ft 1/2>")
  }

  @Test func runWithoutABatchIsNotAskedAbout() throws {
    let terminal = try furnished()
    try terminal.enter("quit")
    #expect(try terminal.exitStatus() == 0)
  }

  @Test func scriptsEndSilently() throws {
    let script = Self.classroom + "step ft\nquit\n"
    let typed = try Waymark.run(["--threads", "1"], input: script)
    #expect(typed.exit == 0 && !typed.output.contains("[y/N]"), "\(typed.messages)")
    let given = try Waymark.run(["--threads", "1", "-c", script])
    #expect(given.exit == 0 && !given.output.contains("[y/N]"), "\(given.messages)")
  }
}
