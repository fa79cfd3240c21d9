import Foundation
import Sessions
import Shell
import Synchronization
import Testing

/// Curves that grow while a run learns.
struct LiveTests {
  private static let preparation = """
    set seed=5
    load synthetic classes=4 per-class=12 test-per-class=4 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool, flatten, dense(8), relu] size=16 as net
    """

  /// A shell with a progress bar on a terminal of the test's, which keeps what is written.
  private final class Terminal: Sendable {
    private let text = Mutex("")

    var written: String { text.withLock(\.self) }

    func shell() throws -> TestShell {
      var shell = try TestShell(after: LiveTests.preparation)

      shell.context.console.progress = ProgressBar(
        style: .bar(unicode: true), width: { 90 }, clock: { 0 },
        write: { text in self.text.withLock { $0 += text } }, height: { 30 })
      return shell
    }
  }

  @Test(arguments: ["live=loss", "live=[loss, accuracy]", "live=[accuracy, loss]"])
  func liveCurvesChangeNoBit(live: String) throws {
    var plain = try TestShell(after: Self.preparation)
    try plain.run("run rehearsal-kd net on=T epochs=2 memory=6 batch=8 as kd")
    let terminal = Terminal()
    var shell = try terminal.shell()
    try shell.run("run rehearsal-kd net on=T epochs=2 memory=6 batch=8 \(live) as kd")
    #expect(try shell.digest("kd") == plain.digest("kd"))
    #expect(terminal.written.contains("Training loss") == live.contains("loss"))
    #expect(terminal.written.contains("kd: accuracy") == live.contains("accuracy"))
    // Step by step, and a curve that follows the run.
    try shell.run("begin rehearsal-kd net on=T epochs=2 memory=6 batch=8 as stepped")
    try shell.run("watch stepped")
    try shell.run("plot loss stepped live=on")
    try shell.run("step stepped 2 unit=batch \(live); plot loss [kd, stepped] live=on")
    try shell.run("step stepped; continue stepped live=accuracy")
    #expect(try shell.digest("stepped") == plain.digest("kd"))
  }

  @Test func plotFollowsARunUntilItIsTold() throws {
    let terminal = Terminal()
    var shell = try terminal.shell()
    try shell.run("begin finetune net on=T epochs=1 batch=8 as ft")
    #expect(try shell.output(of: "plot loss ft live=on").contains("learned nothing yet"))
    try shell.run("step ft")
    #expect(terminal.written.contains("Training loss"))
    let length = terminal.written.count
    try shell.run("plot loss ft live=off; step ft")
    #expect(!terminal.written.dropFirst(length).contains("Training loss"))
  }

  /// What was stopped is repeated by 'begin', which has no curves.
  @Test func scriptOfAStoppedRunHasNoCurves() throws {
    var shell = try TestShell(after: Self.preparation)
    shell.context.stopAfter(20)
    try shell.run("run finetune net on=T epochs=3 batch=4 live=[loss, accuracy] as ft")
    let journal = shell.context.session.journal.map(\.command).joined(separator: "\n")
    #expect(journal.contains("begin finetune net on=T epochs=3 batch=4 as ft"))
    #expect(!journal.contains("live"))
  }

  @Test(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
  func pipeGetsOneLine() throws {
    let script = Self.preparation + "\nrun finetune net on=T epochs=1 live=[loss, accuracy] as ft"
    let result = try Waymark.run(["-c", script])
    #expect(result.exit == 0)
    let lines = result.messages.split(separator: "\n").filter { $0.contains("live curves") }
    #expect(
      lines == ["live curves need a terminal of 41 × 18 characters or a window: 'set plots=window'"]
    )
    #expect(!result.messages.contains("Training loss"))
  }

  @Test(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
  func windowWithoutADisplayIsOneSentence() throws {
    let script =
      Self.preparation + "\nrun finetune net on=T epochs=1 as ft\nset plots=window\n"
      + "plot loss ft\nplot loss ft"
    let result = try Waymark.run(["--quiet", "-c", script])
    #expect(result.exit == 0, "\(result.messages)")
    let said =
      "no window: there is no display for a window: neither DISPLAY nor WAYLAND_DISPLAY is set"
    let lines = result.output.split(separator: "\n").filter { $0.contains("window:") }
    #expect(lines.map(String.init) == [said])
    #expect(result.output.contains("plot loss draws a picture; add '> FILE.png' to write it"))
  }
}

/// The same at a real terminal.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct LiveTerminalTests {
  @Test func curvesGrowAboveTheProgressLineAndStay() throws {
    let terminal = try PseudoTerminal(["--quiet"], width: 100, height: 30)
    try terminal.waitForPrompt()
    try terminal.enter("set progress=bar", until: "bar")
    try terminal.enter(
      "load synthetic classes=4 per-class=150 test-per-class=4 size=16 as signs", until: "signs:")
    try terminal.enter("tasks signs size=2 as T", until: "2 tasks")
    try terminal.enter("define model simplecnn size=16 as net", until: "net:")
    try terminal.enter("run finetune net on=T epochs=30 live=[loss, accuracy] as ft")
    try terminal.wait("curves above the progress line") {
      $0.text.contains("Training loss") && $0.text.contains("ft: accuracy")
        && $0.currentLine.hasPrefix("ft task")
    }
    terminal.type("\u{3}")
    try terminal.waitForPrompt(after: "'continue ft' resumes it", "ft 0/2>")
    // One picture, which was drawn in place.
    #expect(terminal.screen.text.components(separatedBy: "Training loss").count == 2)
    #expect(terminal.screen.text.contains("└"))
  }
}
