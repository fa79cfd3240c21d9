import Foundation
import Testing

/// What is said in sentences is broken between words where the terminal ends.
extension PromptTests {
  private static let note =
    "note: class 3 belongs to no task; all=on makes a last task of what is left over"

  @Test(arguments: [
    (80, [note]),
    (
      60,
      ["note: class 3 belongs to no task; all=on makes a last task", "  of what is left over"]
    ),
    (
      40,
      [
        "note: class 3 belongs to no task; all=on", "  makes a last task of what is left over",
      ]
    ),
  ])
  func notesAreBrokenBetweenWords(width: Int, lines: [String]) throws {
    let terminal = try furnished(width: width)
    try terminal.enter("tasks signs size=3 as U")
    try terminal.waitForPrompt(after: "\n" + lines.joined(separator: "\n") + "\n", "ft 0/2>")
  }

  @Test func greetingAndNoticesAreBrokenBetweenWords() throws {
    let first = try furnished(width: 60)
    #expect(
      first.screen.text.hasPrefix(
        """
        Waymark 0.1.0: 'tour' shows around, 'help' lists all, Ctrl-D
          ends.
        """))
    try first.enter("step ft")
    try first.waitForPrompt(after: "1/2 tasks", "ft 1/2>")
    kill(first.process, SIGHUP)
    _ = try first.exitStatus()
    #expect(
      first.screen.text.contains(
        """

        unsaved work is kept: 'restore autosave' recovers it in
          another session
        """))
    let second = try PseudoTerminal(width: 60, folder: first.folder)
    try second.waitForPrompt()
    let lines = second.screen.lines.drop { !$0.hasPrefix("unfinished session") }
    #expect(lines.count > 2 && lines.dropFirst().dropLast().allSatisfy { $0.hasPrefix("  ") })
    #expect(
      lines.dropLast().joined(separator: " ").split(separator: " ").joined(separator: " ")
        .hasSuffix("'restore autosave' recovers it, 'drop autosave' deletes it"))
  }

  @Test func filesAndPipesGetSentencesInOneLine() throws {
    let folder = try TestFolder()
    let result = try Waymark.run(
      ["--quiet", "-c", Self.classroom + "tasks signs size=3 as U"],
      environment: ["COLUMNS": "40"], in: folder)
    #expect(result.exit == 0 && result.output.contains("\n\(Self.note)\n"))
  }
}
