import CommandLanguage
import Foundation
import Shell
import Testing

/// `--safe`: whatever a command writes stays in the working directory, and no other program runs.
struct SafeModeTests {
  /// Examples that write a file, with the file one folder further up.
  static let lines: [String] = Registry.waymark.commands.flatMap { command in
    command.examples.compactMap { example in
      // A '>' before a name with an ending; others compare.
      if example.line.contains(#/ > \S+\.\w+$/#) {
        return example.line.replacing(" > ", with: " > ../")
      }
      // The file is the word behind the verb.
      guard command.verb.hasPrefix("save ") else { return nil }
      return example.line.replacing(command.verb + " ", with: command.verb + " ../")
    }
  }

  private static let preparation = """
    load synthetic classes=4 per-class=4 test-per-class=2 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net
    run rehearsal-kd net on=T epochs=1 memory=8 as kd
    run finetune net on=T epochs=1 as ft
    table results columns=[strategy, memory, final]
    """

  @Test(arguments: lines)
  func nothingIsWrittenOutside(line: String) throws {
    var shell = TestShell { $0.isSafe = true }
    try shell.run(Self.preparation)
    let error = shell.error(of: line)?.text() ?? "no error"
    #expect(error.contains("--safe: '../"), "\(error)")
  }

  @Test func examplesThatWriteAreFound() { #expect(Self.lines.count > 10) }

  @Test(arguments: [false, true])
  func scriptsRunNoPrograms(isSafe: Bool) {
    var shell = TestShell { $0.isSafe = isSafe }
    for line in ["shell 'touch x'", "time shell 'touch x'", "repeat 2 { shell ls }"] {
      let error = shell.error(of: line)?.text() ?? "no error"
      #expect(error.contains(isSafe ? "--safe" : "a person types it"), "\(error)")
    }
  }

  /// The page says of every command what it does outside the session, as the commands declare it.
  /// With `WAYMARK_WRITE_EXPECTED=1` its table is written anew.
  @Test func pageHasTheTableOfTheDeclarations() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/shell.md").standardized
    var page = try String(contentsOf: file, encoding: .utf8)
    if ProcessInfo.processInfo.environment["WAYMARK_WRITE_EXPECTED"] == "1" {
      let start = try #require(page.range(of: "| what | commands | with `--safe` |"))
      let end = try #require(page.range(of: "\n\n", range: start.lowerBound..<page.endIndex))
      page.replaceSubrange(start.lowerBound..<end.lowerBound, with: SafeMode.table.dropLast())
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(page.contains(SafeMode.table))
  }
}
