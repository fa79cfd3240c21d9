import CommandLanguage
import Foundation
import Learning
import Sessions
import Shell
import Testing

/// Runs that an earlier version of the program began.
struct EarlierRunsTests {
  private static let preparation = """
    load synthetic classes=4 per-class=6 test-per-class=2 size=16 as signs
    tasks signs size=2 as T
    define model simplecnn size=16 as net
    """

  /// A shell with a run whose file does not say by which rules it began.
  private func shell(after line: String) throws -> TestShell {
    var shell = try TestShell(after: "\(Self.preparation)\n\(line)\nstep r 1 unit=task")
    guard case .run(let object)? = shell.context.session["r"] else { return shell }
    var fields = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(object.run)) as? [String: Any])
    var setup = try #require(fields["setup"] as? [String: Any])
    #expect(setup.removeValue(forKey: "rules") != nil)
    fields["setup"] = setup
    let old = try JSONDecoder().decode(
      Run.self, from: JSONSerialization.data(withJSONObject: fields))
    shell.context.session.set("r", to: .run(RunOnData(old, on: object.data)))
    return shell
  }

  @Test(arguments: ["continue r", "step r", "continue r until=2"])
  func runThatWouldGoOnOtherwiseIsRefused(command: String) throws {
    var shell = try shell(after: "begin wa net on=T epochs=1 memory=8 as r")
    let before = try shell.state
    let text = try #require(shell.error(of: command)?.text())
    for part in ["'r' cannot continue", "earlier version", "T²"] {
      #expect(text.contains(part), "\(text)")
    }
    #expect(try shell.state == before)
    #expect(try shell.output(of: "status r").contains("wa"))
  }

  @Test func runThatGoesOnAsItBeganDoes() throws {
    var shell = try shell(after: "begin replay net on=T epochs=1 memory=8 as r")
    try shell.run("continue r")
    guard case .run(let object)? = shell.context.session["r"] else {
      Issue.record("the run is gone")
      return
    }
    #expect(object.run.isFinished)
  }

  /// Refused before anything is learned, in a sentence.
  @Test func strategyWithoutLabelsIsRefused() throws {
    var shell = try TestShell(
      after: Self.preparation + "\ntasks signs size=2 scenario=domain as D")
    let text = try #require(shell.error(of: "run icarl net on=D as r")?.text())
    #expect(text.contains("scenario=class or scenario=task"), "\(text)")
    #expect(shell.context.session["r"] == nil)
  }

  /// A star at the memory of runs that drew from more than it holds, and a line that says so.
  @Test func redrawnMemoryIsMarked() throws {
    let shell = try TestShell(
      after: """
        \(Self.preparation)
        run rehearsal-kd net on=T epochs=1 memory=8 as kd
        run rehearsal-kd net on=T epochs=1 memory=8 memory-from=kept as own
        """)
    var compared = shell
    let text = try compared.output(of: "compare [kd, own]")
    let rows = text.split(separator: "\n")
    #expect(rows.first { $0.hasPrefix("kd ") }?.contains("2*") == true, "\(text)")
    #expect(rows.first { $0.hasPrefix("own ") }?.contains("*") == false, "\(text)")
    #expect(text.contains("* kd: exemplars of old classes are drawn again"), "\(text)")
  }
}
