import Foundation
import Testing

/// How long a person waits: for the first prompt, and for Tab. Only on demand, on a quiet machine:
/// `WAYMARK_MEASURE=1 scripts/test PromptSpeed`.
@Suite(
  .serialized,
  .enabled(
    if: Waymark.isBuilt && ProcessInfo.processInfo.environment["WAYMARK_MEASURE"] == "1",
    "measures times; WAYMARK_MEASURE=1 asks for it"))
struct PromptSpeedTests {
  @Test func firstPromptTakesFiftyMillisecondsAtMost() throws {
    let folder = try TestFolder()
    let times = try (0..<20).map { _ in
      let start = ContinuousClock.now
      let terminal = try PseudoTerminal(folder: folder)
      try terminal.waitForPrompt()
      return milliseconds(since: start)
    }
    report("first prompt", times)
    #expect(median(times) <= 50)
  }

  @Test func completionAmongAThousandObjectsTakesTwentyMillisecondsAtMost() throws {
    let terminal = try PseudoTerminal()
    try terminal.waitForPrompt()
    try terminal.enter(
      "load synthetic classes=2 per-class=2 size=16 as signs", until: "signs: 2 classes")
    try terminal.enter("for i in 1..1000 { define model layers=[flatten] as n$i }")
    try terminal.waitForPrompt(after: "n1000: ")
    for typed in ["summary n77", "summary n999", "summary ", "n"] {
      let times = try (0..<20).map { _ in
        terminal.type(typed)
        try terminal.wait("the line") { $0.currentLine.hasSuffix(typed.trimmedEnd) }
        let before = terminal.screen
        let start = ContinuousClock.now
        terminal.type("\t")
        // A blank behind a whole name only moves the cursor.
        try terminal.wait("an answer") {
          $0.bells > before.bells
            || $0.currentLine.hasPrefix("waymark> ")
              && ($0.column != before.column || $0.lines != before.lines)
        }
        let time = milliseconds(since: start)
        terminal.type("\u{3}")
        try terminal.waitForPrompt()
        return time
      }
      report("Tab after '\(typed)'", times)
      #expect(median(times) <= 20)
    }
  }

  private func milliseconds(since start: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - start) / .milliseconds(1)
  }

  private func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

  private func report(_ what: String, _ times: [Double]) {
    func shown(_ time: Double) -> String { String(format: "%.1f ms", time) }
    print(
      "\(what): median \(shown(median(times))), "
        + "\(shown(times.min() ?? 0)) to \(shown(times.max() ?? 0))")
  }
}

extension String {
  fileprivate var trimmedEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
