import Foundation
import Testing

/// The pager and the system's shell.
extension PromptTests {
  @Test func longTextsGoThroughThePager() throws {
    let terminal = try PseudoTerminal(["--quiet"], environment: ["PAGER": "nl -ba"])
    try terminal.waitForPrompt()
    try terminal.enter("help")
    try terminal.waitForPrompt(after: "     1\t".expanded)
    try terminal.enter("print short", until: "\nshort")
  }

  /// A picture in characters is a text as well. What its colours take is not counted.
  @Test func longPicturesGoThroughThePager() throws {
    let terminal = try furnished(environment: ["PAGER": "nl -ba", "NO_COLOR": nil])
    try terminal.enter("show image signs 0")
    try terminal.waitForPrompt(after: "training image 0", "ft 0/2>")
    #expect(!terminal.screen.text.contains("     1\t".expanded))
    // Three rows of eight lines and their labels.
    try terminal.enter("show batch signs n=12 labels=on")
    try terminal.waitForPrompt(after: "    27\t".expanded, "ft 0/2>")
  }

  /// One line of the screen is the prompt's.
  @Test(arguments: [(shown: 8, isPaged: false), (shown: 9, isPaged: true)])
  func textIsLongThatLeavesThePromptNoLine(shown: Int, isPaged: Bool) throws {
    let terminal = try PseudoTerminal(
      ["--quiet"], height: 10, environment: ["PAGER": "nl -ba"])
    try terminal.waitForPrompt()
    try terminal.enter("load synthetic classes=9 per-class=1 size=16 as s")
    try terminal.waitForPrompt(after: "s: 9 classes")
    // Below a line of names.
    try terminal.enter("classes s top=\(shown)")
    try terminal.waitForPrompt(after: "Speed limit")
    #expect(terminal.screen.text.contains("     2\t".expanded) == isPaged)
  }

  @Test func programThatSpoilsTheTerminalIsMended() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    try terminal.enter("!stty raw -echo -isig; echo spoilt; exit 3")
    try terminal.waitForPrompt(after: "exit status 3")
    terminal.type("print mended\r")
    try terminal.waitForPrompt(after: "\nmended")
    terminal.type("print gone")
    try terminal.wait(forLine: "waymark> print gone")
    terminal.type("\u{3}")
    try terminal.wait(for: "^C")
    try terminal.waitForPrompt()
  }

  @Test func repeatingALineIsTheArrowsAndNotTheShells() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    try terminal.enter("!!", until: "^^ the up arrow brings the last line back")
  }

  /// A script runs no other programs, so what ran at a prompt is not in it.
  @Test func savedScriptHasNoneOfTheShellsCommands() throws {
    let folder = try TestFolder()
    let terminal = try PseudoTerminal(["--quiet"], folder: folder)
    try terminal.waitForPrompt()
    try terminal.enter("!echo out")
    try terminal.waitForPrompt(after: "\nout")
    try terminal.enter("set seed=3")
    try terminal.waitForPrompt(after: "seed")
    try terminal.enter("save script day.way", until: "wrote")
    let script = try folder.text("day.way")
    #expect(script.contains("set seed=3") && !script.contains("echo"), "\(script)")
  }

  @Test func scriptCalledAtThePromptHasNoShell() throws {
    let folder = try TestFolder()
    try folder.write("shell 'echo out'\n".utf8, to: "run.way")
    let terminal = try PseudoTerminal(["--quiet"], folder: folder)
    try terminal.waitForPrompt()
    try terminal.enter("source run.way", until: "works only where a person types it")
  }

  @Test func safeModeHasNoShell() throws {
    let terminal = try PseudoTerminal(["--quiet", "--safe"])
    try terminal.waitForPrompt()
    try terminal.enter("!echo out", until: "--safe: 'shell' is forbidden")
  }
}
