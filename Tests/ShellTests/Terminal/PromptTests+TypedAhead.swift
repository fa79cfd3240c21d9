import Foundation
import Testing

/// Keys that are pressed while a progress bar is drawn.
extension PromptTests {
  /// The program in a shell, which has a terminal with echo, with a run that trains for long.
  private func trainingInAShell() throws -> PseudoTerminal {
    let program = try #require(Waymark.executable).path
    let folder = try TestFolder()
    let script =
      Self.classroom + "define model simplecnn size=16 as big\n"
      + "run finetune big on=T epochs=10000 as long\n"
    try folder.write(script.utf8, to: "long.way")
    let terminal = try PseudoTerminal(
      ["-i"], program: "/bin/sh", width: 200,
      // Where Swift's debugger is installed, a crash would wait for keys in it.
      environment: ["PS1": "sh$ ", "PS2": "> ", "SWIFT_BACKTRACE": "enable=no"], folder: folder)
    try terminal.waitForPrompt("sh$")
    try terminal.enter("'\(program)' --threads 1")
    try terminal.waitForPrompt()
    try terminal.enter("source long.way")
    try terminal.wait("the bar without echo") {
      $0.currentLine.contains("epoch ") && !terminal.hasEcho
    }
    return terminal
  }

  private func expectEcho(_ terminal: PseudoTerminal) throws {
    #expect(terminal.hasEcho)
    try terminal.enter("echo back-in-the-shell")
    try terminal.wait(for: "\nback-in-the-shell")
    try terminal.waitForPrompt("sh$")
  }

  @Test func lineThatIsTypedAheadIsNotSeenBeforeThePrompt() throws {
    let terminal = try furnished(width: 100)
    try terminal.enter("run finetune net on=T epochs=2000 as long")
    try terminal.wait("the bar without echo") {
      $0.currentLine.contains("epoch ") && !terminal.hasEcho
    }
    terminal.type("print typed-ahead\r")
    var isInTheBar = false
    try terminal.wait("the line, carried out") { screen in
      let lines = screen.lines
      isInTheBar = isInTheBar || lines.contains { $0.contains("epoch ") && $0.contains("typed") }
      return lines.contains("typed-ahead") && screen.currentLine == "waymark>"
    }
    #expect(!isInTheBar)
    for text in ["long: finetune, 2/2 tasks", "waymark> print typed-ahead"] {
      #expect(terminal.screen.text.contains(text))
    }
    // What is typed at the prompt is seen.
    try terminal.enter("print seen", until: "\nseen")
  }

  @Test func controlCGivesTheEchoBack() throws {
    let terminal = try trainingInAShell()
    terminal.type("\u{3}")
    try terminal.wait("the prompt of the run") { $0.currentLine == "long 0/2>" }
    terminal.type("\u{4}")
    try terminal.wait("the question") { $0.currentLine.hasSuffix("Quit? [y/N]") }
    #expect(terminal.hasEcho)
    terminal.type("y\r")
    try terminal.waitForPrompt("sh$")
    try expectEcho(terminal)
  }

  @Test func controlZGivesTheEchoBackUntilTheProgramGoesOn() throws {
    let terminal = try trainingInAShell()
    terminal.type("\u{1A}")
    try terminal.waitForPrompt("sh$")
    try expectEcho(terminal)
    try terminal.enter("fg")
    try terminal.wait("the bar without echo") {
      $0.currentLine.contains("epoch ") && !terminal.hasEcho
    }
    terminal.type("\u{3}")
    try terminal.wait("the prompt of the run") { $0.currentLine == "long 0/2>" }
  }

  /// A shell that leaves the terminal as a job left it would be without echo.
  @Test(arguments: [SIGABRT, SIGSEGV, SIGQUIT]) func crashGivesTheEchoBack(signal: Int32) throws {
    let terminal = try trainingInAShell()
    kill(terminal.foreground, signal)
    try terminal.waitForPrompt("sh$")
    try expectEcho(terminal)
  }

  /// In the background the terminal is somebody else's.
  @Test func programInTheBackgroundLeavesTheTerminalAlone() throws {
    let terminal = try trainingInAShell()
    let job = terminal.foreground
    defer { kill(job, SIGKILL) }
    terminal.type("\u{1A}")
    try terminal.waitForPrompt("sh$")
    terminal.type("bg\r")
    try terminal.wait("the bar in the background") {
      $0.text.components(separatedBy: "bg").last?.contains("epoch ") == true
    }
    #expect(terminal.hasEcho)
  }
}
