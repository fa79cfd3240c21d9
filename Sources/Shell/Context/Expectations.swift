package import CommandLanguage
import System

/// How much of what a script expects holds.
package struct Expectations: Hashable, Sendable {
  var held = 0
  var unmet = 0
  /// Of what does not hold.
  package var errors: [LanguageError] = []

  package init() {}

  var count: Int { held + unmet }

  /// `expect: 3 of 5 hold`; nil if all do.
  package var summary: String? { unmet > 0 ? "expect: \(held) of \(count) hold" : nil }
}

extension ShellContext {
  /// Whether a script, a pipe or `-c` is under way, and no `try` within it.
  var countsExpectations: Bool { (!console.isInteractive || depth > 0) && tries == 0 }

  /// Whether statements follow one that expects what does not hold.
  var goesOnUnmet: Bool { countsExpectations && record.verification == nil }

  /// Says what is wrong on the stream of messages, and goes on.
  func report(_ error: LanguageError) {
    let terminal = TerminalInfo.messages
    let text =
      console.printsJSON
      ? error.json
      : error.text(coloured: terminal.isColoured, width: terminal.isTerminal ? terminal.width : nil)
    // In place of the ^C that a terminal shows.
    let isMarked =
      training.isInterrupted() && console.isInteractive && terminal.isTerminal && !terminal.isPlain
    StandardStreams.tell((isMarked ? "\r\u{1B}[K" : "") + text + "\n")
  }

  /// Carries out a script, and throws at its end if something that it expects does not hold and no script
  /// is around it that will say so.
  mutating func summingUp(_ body: (inout ShellContext) throws -> Void) throws {
    let isOutermost = console.isInteractive && depth == 0
    if isOutermost { expectations = Expectations() }
    try body(&self)
    guard isOutermost, expectations.unmet > 0 else { return }
    let (held, count) = (expectations.held, expectations.count)
    expectations = Expectations()
    throw ExpectationProblem.unmet(held: held, of: count)
  }
}
