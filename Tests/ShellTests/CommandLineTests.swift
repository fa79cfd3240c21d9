import Foundation
import Shell
import Testing

private let needsProgram: ConditionTrait = .enabled(
  if: Waymark.isBuilt, "needs the program 'waymark', which is not built")

/// What the program is told, and what `time` carries out.
struct CommandLineTests {
  @Test(needsProgram) func severalStatementsAreCarriedOutInOrder() throws {
    let result = try Waymark.run(["-c", "let x = 2", "-c", "print a", "-c", "print b $x"])
    #expect(result.exit == 0 && result.output == "a\nb 2\n", "\(result.messages)")
    // They are checked whole before anything runs, and an error names its place.
    let wrong = try Waymark.run(["-c", "print a", "-c", "prunt b"])
    #expect(wrong.exit == 2 && wrong.output.isEmpty)
    #expect(wrong.messages.contains("-c:2:1"), "\(wrong.messages)")
  }

  @Test(
    needsProgram,
    arguments: [
      (["--session", "a", "--session", "b"], "give --session once"),
      (["x.way", "n=1", "n=2"], "the variable 'n' is given twice"),
      (["-c", "print $n", "n=1", "n=2"], "the variable 'n' is given twice"),
    ])
  func whatCannotBothBeIsRefused(arguments: [String], message: String) throws {
    let result = try Waymark.run(arguments)
    #expect(result.exit == 2 && result.messages.contains(message), "\(result.messages)")
  }

  @Test func timedCommandIsWrittenWhereItSays() throws {
    let folder = try TestFolder()
    var shell = try TestShell(after: "load synthetic classes=4 per-class=3 size=16 as signs")
    let said = try shell.output(of: "time classes signs > \(folder("timed.csv"))")
    try shell.run("classes signs > \(folder("plain.csv"))")
    #expect(try folder.text("timed.csv") == folder.text("plain.csv"))
    #expect(said.contains(/^\d+\.\d{3} s$/.anchorsMatchLineEndings()), "\(said)")
    try shell.run("time classes signs >> \(folder("timed.csv"))")
    #expect(try folder.text("timed.csv") == folder.text("plain.csv") + folder.text("plain.csv"))
    #expect(shell.error(of: "time classes signs > \(folder("a.png"))") != nil)
  }

  /// A table in a file of numbers has no place for what has to be said of it.
  @Test func whatAFileCannotSayIsSaid() throws {
    let folder = try TestFolder()
    var shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(2,3), relu, pool] size=16 as net
        run finetune net on=T epochs=1 as ft
        pretrain net on=T.1 epochs=1
        """)
    for ending in ["csv", "json"] {
      let said = try shell.output(of: "compare > \(folder("a." + ending))")
      #expect(said.contains("ft is stale: since it began, 'net' now has other weights"), "\(said)")
    }
    let said = try shell.output(of: "compare > \(folder("a.md"))")
    #expect(!said.contains("stale"))
    #expect(try folder.text("a.md").contains("ft is stale"))
  }
}
