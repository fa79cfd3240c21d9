import Foundation
import Shell
import Testing

/// Examples that need a person: typed at a terminal, one after the other.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct TypedExampleTests {
  struct Step: Sendable {
    var line: String
    /// The prompt afterwards.
    var prompt = "waymark>"
    /// What is to be seen then.
    var shows: String
    /// Whether it asks before it makes room for its objects.
    var asks = false
  }

  private static let tourSteps = Walk.tour.steps.count

  static let steps = [
    Step(line: "shell 'ls -l'", shows: " sessions -> "),
    Step(line: "lessons", shows: "From the question to the report"),
    Step(line: "tour", prompt: "tour 1/\(tourSteps)>", shows: "A tour of Waymark"),
    Step(line: "tour stop", shows: "'tour' continues here"),
    Step(line: "tour from=5", prompt: "tour 5/\(tourSteps)>", shows: "define model simplecnn"),
    Step(
      line: "tour again", prompt: "tour 1/\(tourSteps)>", shows: "makes signs and T again",
      asks: true),
    Step(line: "lesson 1", prompt: "lesson 1 1/", shows: "Lesson 1: "),
    Step(line: "lesson stop", shows: "'lesson 1' continues here"),
    Step(
      line: "lesson sessions/notebook.way", prompt: "lesson sessions/notebook.way 1/",
      shows: "data=gtsrb"),
  ]

  @Test func examplesForAPersonWorkAtThePrompt() throws {
    let folder = try TestFolder()
    let sessions = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../sessions").standardized
    try FileManager.default.createSymbolicLink(
      atPath: folder("sessions"), withDestinationPath: sessions.path)
    let terminal = try PseudoTerminal(
      ["--quiet", "--threads", "1"], width: 120, height: 50, folder: folder)
    try terminal.waitForPrompt()
    for step in Self.steps {
      try terminal.enter(step.line)
      if step.asks {
        try terminal.wait("a question") { $0.currentLine.hasSuffix("[y/N]") }
        terminal.type("y\r")
      }
      try terminal.wait("'\(step.shows)' and the prompt '\(step.prompt)'") {
        $0.currentLine.hasPrefix(step.prompt) && $0.currentLine.hasSuffix(">")
          && $0.text.contains(step.shows)
      }
    }
  }

  /// A step is carried out by Enter, or by whoever types it in a way of their own; whatever else is
  /// typed leaves it where it is.
  @Test func tourIsWalkedByEnterAndByTyping() throws {
    func prompt(_ step: Int) -> String { "tour \(step)/\(Self.tourSteps)>" }
    let terminal = try PseudoTerminal(["--quiet", "--threads", "1"], width: 100, height: 60)
    try terminal.waitForPrompt()
    try terminal.enter("tour")
    try terminal.waitForPrompt(after: "Enter carries out the line above", prompt(1))
    terminal.type("\r")
    try terminal.waitForPrompt(after: "signs: 43 classes", prompt(2))
    try terminal.enter("show batch signs n=2 class=14")
    try terminal.waitForPrompt(after: "classes signs top=8", prompt(3))
    try terminal.enter("objects")
    try terminal.waitForPrompt(after: "43 classes, 3,870", prompt(3))
    try terminal.enter("clases signs top=3")
    try terminal.waitForPrompt(after: "did you mean 'classes'?", prompt(3))
    try terminal.enter("classes signs top=3")
    try terminal.waitForPrompt(after: "tasks signs size=2 order", prompt(4))
    terminal.type("\r")
    try terminal.waitForPrompt(after: "T: 4 tasks", prompt(5))
    try terminal.enter("tour stop", until: "'tour' continues here")
    terminal.type("\r")
    try terminal.waitForPrompt()
    try terminal.enter("tour")
    try terminal.waitForPrompt(prompt(5))
  }
}
