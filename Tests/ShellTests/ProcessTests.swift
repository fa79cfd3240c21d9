import Foundation
import Shell
import Testing

/// The program as other programs see it: exit codes, streams, signals.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct ProcessTests {
  static let preparation = """
    load synthetic classes=4 per-class=10 test-per-class=4 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net

    """

  struct Row: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var input = ""
    var exit: Int32
    var output = ""
    var messages = ""
    /// Whether there may be more output.
    var isPartOfOutput = false
    var testDescription: String { (arguments + [input]).joined(separator: " ") }
  }

  static let rows = [
    Row(arguments: ["-c", "print a; print b"], exit: 0, output: "a\nb\n"),
    Row(arguments: ["-c", "print $x", "x=5"], exit: 0, output: "5\n"),
    Row(arguments: [], input: "print a\nprint b", exit: 0, output: "a\nb\n"),
    Row(arguments: [], input: "print a\nquit\nprint b", exit: 0, output: "a\n"),
    Row(arguments: ["-c", "print a; quit; print b"], exit: 0, output: "a\n"),
    Row(arguments: [], input: "for i in 1..2 {\nprint $i\n}\n", exit: 0, output: "1\n2\n"),
    Row(arguments: [], input: "", exit: 0),
    Row(arguments: ["-c", "load folder /nowhere as x"], exit: 1, messages: "/nowhere"),
    Row(arguments: ["-c", "print a; source /nowhere.way"], exit: 1, output: "a\n"),
    Row(arguments: ["-c", "print a; pront b"], exit: 2, messages: "did you mean 'print'?"),
    Row(arguments: ["-c", "print a; load folder"], exit: 2, messages: "'load folder' needs"),
    Row(arguments: ["-c", "if { "], exit: 2, messages: "-c:1:"),
    Row(
      arguments: [], input: "print a\n\npront b\nprint c", exit: 2, output: "a\n",
      messages: "standard input:3:1"),
    Row(arguments: ["/nowhere.way"], exit: 2, messages: "/nowhere.way"),
    Row(arguments: ["--nonsense"], exit: 2, messages: "--nonsense"),
    Row(arguments: ["--threads", "0", "-c", "print a"], exit: 2, messages: "--threads"),
    Row(arguments: ["--threads", "x", "-c", "print a"], exit: 2, messages: "--threads"),
    Row(arguments: ["--seed", "-1", "-c", "print a"], exit: 2, messages: "seed"),
    Row(arguments: ["--format", "xml", "-c", "print a"], exit: 2, messages: "xml"),
    Row(arguments: ["a.way", "-c", "print a"], exit: 2, messages: "not both"),
    Row(arguments: ["--version"], exit: 0, output: Program.version + "\n"),
    Row(arguments: ["--help"], exit: 0, output: "--threads", isPartOfOutput: true),
  ]

  @Test(arguments: rows)
  func exitCodesAndStreams(row: Row) throws {
    let result = try Waymark.run(row.arguments, input: row.input)
    #expect(result.exit == row.exit && !result.wasKilled, "\(result.messages)")
    if row.isPartOfOutput {
      #expect(result.output.contains(row.output))
    } else {
      #expect(result.output == row.output)
    }
    let said = row.messages.isEmpty || result.messages.contains(row.messages)
    #expect(said, "\(result.messages)")
    #expect(result.messages.isEmpty == (row.exit == 0), "\(result.messages)")
  }

  @Test func errorHasPlaceCaretAndHelp() throws {
    let folder = try TestFolder()
    let script = try folder.write(
      "# a lesson\nprint a\ndefine model simplecnn as net\nsummary net btach=5\n".utf8,
      to: "lesson.way")
    let result = try Waymark.run([script])
    #expect(result.exit == 2)
    #expect(result.output == "")
    #expect(
      result.messages == """
        error: unknown option 'btach' for 'summary'
          \(script):4:13
            summary net btach=5
                        ^^^^^ did you mean 'batch'?
          help: help summary

        """)
  }

  @Test(arguments: [("pront a", 2), ("load folder /nowhere as x", 1)] as [(String, Int32)])
  func errorsAsJSONComeOnStandardError(line: String, exit: Int32) throws {
    let result = try Waymark.run(["--format", "json", "-c", "print a\n" + line])
    #expect(result.exit == exit)
    let lines = result.messages.split(separator: "\n")
    #expect(lines.count == 1)
    let error = try #require(object(String(lines.first ?? ""))["error"] as? [String: Any])
    #expect(
      Set(error.keys).subtracting(["suggestion"])
        == ["message", "file", "line", "column", "help"])
    #expect(error["file"] as? String == "-c")
    #expect(error["line"] as? Int == 2)
    #expect(error["column"] as? Int == 1)
  }

  @Test func progressGoesToStandardErrorOnly() throws {
    let script = Self.preparation + "pretrain net on=T.1 epochs=2\nrun finetune net on=T as ft"
    let loud = try Waymark.run(["--format", "json", "-c", script])
    #expect(loud.exit == 0)
    #expect(loud.messages.contains("pretraining net"))
    let lines = loud.output.split(separator: "\n")
    #expect(lines.count == 5)
    for line in lines { #expect(try !object(String(line)).isEmpty) }
    let quiet = try Waymark.run(["--quiet", "--format", "json", "-c", script])
    #expect(quiet.exit == 0)
    #expect(quiet.messages == "")
    #expect(quiet.output.split(separator: "\n").count == 5)
  }

  @Test func processesAndThreadsGiveTheSameDigest() throws {
    let script = Self.preparation + "pretrain net on=T.1 epochs=2; digest net; digest signs"
    let digests = try ["1", "2", "1"].map {
      let result = try Waymark.run(["--threads", $0, "--seed", "7", "--quiet", "-c", script])
      #expect(result.exit == 0)
      return result.output.split(separator: "\n").suffix(2).joined(separator: "\n")
    }
    #expect(digests[0].hasSuffix("signs"))
    #expect(digests[1] == digests[0])
    #expect(digests[2] == digests[0])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
  func fullStandardOutputIsAnError() throws {
    let result = try Waymark.run(["-c", "print a"], output: "/dev/full")
    #expect(result.exit == 1 && !result.wasKilled)
    #expect(result.messages.contains("standard output: the disk is full"), "\(result.messages)")
  }

  @Test(arguments: [
    "run finetune net on=T epochs=10000 as ft; print not-reached",
    "run finetune net on=T epochs=10000 as ft",
    "pretrain net on=T.1 epochs=10000; print not-reached",
    "repeat 1000000 { run finetune net on=T.1 epochs=1 replace=on as ft }; print not-reached",
  ])
  func interruptEndsAScriptWith130(line: String) throws {
    let result = try Waymark.run(["-c", Self.preparation + line]) { process, messages in
      // The handler is there before anything is loaded; a file tells that work has begun.
      for _ in 0..<2000 where process.isRunning && !messages().contains("loading") {
        usleep(5000)
      }
      usleep(100_000)
      process.interrupt()
    }
    #expect(result.exit == 130 && !result.wasKilled, "\(result.messages)")
    #expect(!result.output.contains("not-reached"))
  }
}
