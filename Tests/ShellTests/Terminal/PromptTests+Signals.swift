import Foundation
import TestSupport
import Testing

/// Ctrl-C, Ctrl-D, Ctrl-Z, and what the system sends.
extension PromptTests {
  @Test func controlCAtThePromptDropsTheLineAndKeepsTheSession() throws {
    let terminal = try furnished()
    terminal.type("drop net")
    try terminal.wait(forLine: "ft 0/2> drop net")
    terminal.type("\u{3}")
    try terminal.wait(for: "drop net^C")
    try terminal.waitForPrompt("ft 0/2>")
    try terminal.enter("net")
    try terminal.waitForPrompt(after: "net: net, ", "ft 0/2>")
  }

  /// While a key is worked on, no read is there that the signal could end; Tab in a full folder
  /// takes long enough to be hit.
  @Test func controlCIsNotLostBetweenReads() throws {
    let folder = try TestFolder()
    for number in 1...4000 { try folder.write([], to: "file\(number).way") }
    let terminal = try PseudoTerminal(["--quiet"], folder: folder)
    try terminal.waitForPrompt()
    var random = SeededGenerator(seed: 5)
    for round in 1...20 {
      terminal.type("source f")
      try terminal.wait(forLine: "waymark> source f")
      terminal.type("\t")
      usleep(.random(in: 1000...12_000, using: &random))
      kill(terminal.process, SIGINT)
      try terminal.wait("the prompt after Ctrl-C number \(round)") {
        $0.text.components(separatedBy: "^C").count > round && $0.currentLine == "waymark>"
      }
    }
  }

  @Test func controlCAnswersAQuestionWithNo() throws {
    let terminal = try furnished()
    try terminal.enter("define model layers=[flatten] as net")
    try terminal.wait("the question") { $0.currentLine.hasSuffix("Replace it? [y/N]") }
    terminal.type("\u{3}")
    try terminal.waitForPrompt(after: "'net' is a network already", "ft 0/2>")
    try terminal.enter("define model layers=[flatten] as net")
    try terminal.wait("the question") { $0.currentLine.hasSuffix("Replace it? [y/N]") }
    terminal.type("y\r")
    try terminal.waitForPrompt(after: "net: ", "ft 0/2>")
  }

  @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func signalAtThePromptEndsTheProgram(signal: Int32, status: Int32) throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    terminal.type("print unfinished")
    try terminal.wait(forLine: "waymark> print unfinished")
    kill(terminal.process, signal)
    #expect(try terminal.exitStatus() == status)
  }

  @Test func controlCGivesUpASearch() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    try terminal.enter("print apple", until: "\napple")
    terminal.type("\u{12}app")
    try terminal.wait(forLine: "search 'app': print apple")
    terminal.type("\u{3}")
    try terminal.waitForPrompt(after: "^C")
    try terminal.enter("print on", until: "\non")
  }

  @Test func controlCInTrainingKeepsTheRun() throws {
    let terminal = try furnished()
    try terminal.enter("run finetune net on=T epochs=10000 as long")
    try terminal.wait(for: "epoch ")
    terminal.type("\u{3}")
    try terminal.wait("the prompt of the run") { $0.currentLine == "long 0/2>" }
    try terminal.enter("status long")
    try terminal.waitForPrompt(after: "long: finetune", "long 0/2>")
    try terminal.enter("step unit=batch")
    try terminal.wait("the prompt after a batch") { $0.currentLine == "long 0/2>" }
  }

  @Test func controlDEnds() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    // On a line with text it does not.
    terminal.type("print a\u{4}b")
    try terminal.wait(forLine: "waymark> print ab")
    terminal.type("\u{15}")
    try terminal.wait(forLine: "waymark>")
    terminal.type("\u{4}")
    #expect(try terminal.exitStatus() == 0)
  }

  @Test func controlZStopsAndContinues() throws {
    // A shell above, since a program without one cannot be stopped from its terminal.
    // By name: its whole path may be longer than a line of the screen.
    let program = try #require(Waymark.executable)
    let terminal = try PseudoTerminal(
      ["-i"], program: "/bin/sh",
      environment: ["PS1": "sh$ ", "PS2": "> ", "PATH": program.deletingLastPathComponent().path])
    try terminal.waitForPrompt("sh$")
    try terminal.enter("waymark --quiet")
    try terminal.waitForPrompt()
    terminal.type("print kept")
    try terminal.wait(forLine: "waymark> print kept")
    // Stopped between two reads, libedit would not draw the line anew.
    try terminal.waitUntilAsleep()
    terminal.type("\u{1A}")
    try terminal.waitForPrompt("sh$")
    // The shell's terminal has echo and lines.
    try terminal.enter("echo back-in-the-shell")
    try terminal.wait(for: "\nback-in-the-shell")
    try terminal.waitForPrompt("sh$")
    try terminal.enter("fg")
    try terminal.wait(forLine: "waymark> print kept")
    terminal.type("-line\r")
    try terminal.waitForPrompt(after: "\nkept-line")
    #expect(terminal.screen.marksPastes)
  }
}
