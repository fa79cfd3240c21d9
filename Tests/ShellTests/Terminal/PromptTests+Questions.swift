import Foundation
import Testing

/// A question comes when nothing else is wrong: a yes is followed by what was asked for.
extension PromptTests {
  private func refused(_ line: String, with message: String, _ terminal: PseudoTerminal) throws {
    try terminal.enter(line)
    try terminal.waitForPrompt(after: message, "ft 0/2>")
    #expect(!terminal.screen.text.contains("[y/N]"))
  }

  @Test func whatIsWrongWithACommandIsSaidWithoutAQuestion() throws {
    let terminal = try furnished(width: 100)
    try refused(
      "define model layers=[dense(4)] size=16 as net", with: "needs a vector", terminal)
    try refused("load folder no/such as signs", with: "there is no file or folder", terminal)
    try refused("begin bic net on=T hold-out=0 as ft", with: "hold-out", terminal)
    try refused("run finetune net on=T as ft > no/x.csv", with: "there is no folder 'no'", terminal)
  }

  @Test func anObjectThatMayNotBeReplacedIsAsItWas() throws {
    let terminal = try furnished(width: 100)
    try terminal.enter("digest net")
    try terminal.waitForPrompt(after: "  net", "ft 0/2>")
    try terminal.enter("define model layers=[flatten] size=16 as net")
    try terminal.wait("the question") {
      $0.currentLine == "'net' is a network already. Replace it? [y/N]"
    }
    terminal.type("n\r")
    try terminal.waitForPrompt(after: "error: 'net' stays as it was", "ft 0/2>")
    try terminal.enter("digest net")
    try terminal.wait("the same digest again") {
      let digests = $0.lines.filter { $0.hasSuffix("  net") }
      return digests.count == 2 && digests[0] == digests[1] && $0.currentLine == "ft 0/2>"
    }
  }

  /// Not after the work: a run would have been trained in vain.
  @Test func aRunIsAskedAboutBeforeItIsTrained() throws {
    let terminal = try furnished(width: 100)
    try terminal.enter("run finetune net on=T epochs=1 as ft")
    try terminal.wait("the question") {
      $0.currentLine == "'ft' is a run already. Replace it? [y/N]"
    }
    #expect(!terminal.screen.text.contains("task 1/2"))
    terminal.type("n\r")
    try terminal.waitForPrompt(after: "error: 'ft' stays as it was", "ft 0/2>")
    try terminal.enter("run finetune net on=T epochs=1 as ft")
    try terminal.wait("the question again") { $0.currentLine.hasSuffix("[y/N]") }
    terminal.type("y\r")
    try terminal.waitForPrompt(after: "ft: finetune, 2/2 tasks", "waymark>")
    #expect(terminal.screen.text.components(separatedBy: "[y/N]").count == 3)
    // A script cannot be asked.
    try terminal.enter("save script day.way", until: "wrote")
    let script = try terminal.folder.text("day.way")
    #expect(script.contains("run finetune net on=T epochs=1 replace=on as ft"), "\(script)")
  }

  @Test func aFileThatCannotBeReplacedIsNotAskedAbout() throws {
    let terminal = try furnished(width: 100)
    try terminal.folder.write("a letter".utf8, to: "letter.waymark")
    try refused("save session letter.waymark", with: "is not a Waymark session", terminal)
    #expect(try terminal.folder.text("letter.waymark") == "a letter")
  }

  @Test func aSessionThatCannotBeReadIsNotAskedAbout() throws {
    let terminal = try furnished(width: 160)
    try terminal.folder.write("a letter".utf8, to: "letter.waymark")
    try terminal.enter("step ft")
    try terminal.waitForPrompt(after: "1/2 tasks", "ft 1/2>")
    for (file, message) in [
      ("nothing.waymark", "there is no file"), ("letter.waymark", "is not a Waymark session"),
    ] {
      try terminal.enter("restore session \(file)")
      try terminal.waitForPrompt(after: message, "ft 1/2>")
    }
    #expect(!terminal.screen.text.contains("[y/N]"))
  }
}
