import CommandLanguage
import Foundation
import Sessions
import Shell
import Testing

private let needsProgram: ConditionTrait = .enabled(
  if: Waymark.isBuilt, "needs the program 'waymark', which is not built")

/// A script goes on after what does not hold, and ends with how much does.
struct ExpectationTests {
  private static let data = "load synthetic classes=4 per-class=6 size=16 as signs\n"

  private func run(
    _ statements: String, _ options: [String] = []
  ) throws -> (exit: Int32, output: String, messages: String) {
    let result = try Waymark.run(["--quiet", "-c", Self.data + statements] + options)
    return (result.exit, result.output, result.messages)
  }

  @Test(needsProgram) func scriptGoesOnAndCounts() throws {
    let result = try run(
      "expect classes signs is=5\nexpect classes signs is=4\nexpect images signs below=3\nprint end"
    )
    #expect(result.exit == 1)
    #expect(
      result.output.contains("as expected: classes of signs is 4")
        && result.output.hasSuffix("end\n"))
    #expect(
      result.messages.contains("classes of signs is 4, expected 5\n  -c:2:16"), "\(result.messages)"
    )
    #expect(
      result.messages.contains("-c:4:15") && result.messages.contains("\nexpect: 1 of 3 hold\n"))
    let right = try run("expect classes signs is=4")
    #expect(right.exit == 0 && right.messages.isEmpty)
  }

  @Test(needsProgram) func orStopStopsAtOnce() throws {
    let result = try run("expect classes signs is=5\nexpect classes signs is=6 or stop\nprint end")
    #expect(result.exit == 1 && !result.output.contains("end"))
    #expect(result.messages.contains("expect: 0 of 2 hold"), "\(result.messages)")
    let half = try run("expect classes signs is=4 or")
    #expect(
      half.exit == 1 && half.messages.contains("with both words, 'or stop'"), "\(half.messages)")
  }

  @Test(needsProgram) func whatIsTriedIsNotCounted() throws {
    let result = try run(
      "try { expect classes signs is=5 } else { print caught }\nrepeat 2 { expect classes signs is=5 }"
    )
    #expect(result.exit == 1 && result.output.contains("caught"))
    #expect(result.messages.contains("expect: 0 of 2 hold"), "\(result.messages)")
    let caught = try run("try { expect classes signs is=5 } else { print caught }")
    #expect(caught.exit == 0 && caught.messages.isEmpty, "\(caught.messages)")
  }

  /// Scripts within scripts are counted together, and a pipe is one script.
  @Test(needsProgram) func allOfARunIsOneSum() throws {
    let folder = try TestFolder()
    try folder.write(
      Array("expect classes signs is=5\nexpect classes signs is=4\n".utf8), to: "inner.way")
    let result = try run("source '\(folder("inner.way"))'\nexpect images signs below=3\nprint end")
    #expect(result.exit == 1 && result.output.hasSuffix("end\n"))
    #expect(result.messages.contains("expect: 1 of 3 hold"), "\(result.messages)")
    let json = try run("expect classes signs is=5", ["--format", "json"])
    let lines = json.messages.split(separator: "\n")
    #expect(json.exit == 1 && lines.count == 2, "\(json.messages)")
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["error"] is [String: Any])
    }
    #expect(lines.dropFirst().first?.contains("expect: 0 of 1 hold") == true)
  }

  /// A person is told at once, and nothing of it is in the journal.
  @Test func failedExpectationIsNotInTheJournal() throws {
    let typist = try Typist(after: Self.data)
    let before = typist.session.journal
    #expect(typist.problem("expect classes signs is=5") != nil)
    #expect(typist.session.journal == before)
  }
}
