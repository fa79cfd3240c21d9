import CommandLanguage
import Experiments
import Foundation
import Sessions
import Shell
import Synchronization
import Testing

/// A shell inside the test's process: what it prints is kept, and it shows no progress.
struct TestShell {
  var context: ShellContext
  var interpreter: Interpreter<ShellContext>
  private let output = Output()

  private final class Output: Sendable {
    let text = Mutex("")
  }

  init(_ change: (inout ShellOptions) -> Void = { _ in }) {
    var options = ShellOptions()
    options.isQuiet = true
    options.threads = 1
    change(&options)
    context = ShellContext(options: options, isInteractive: false)
    interpreter = Interpreter(registry: .waymark)
    context.training.isInterrupted = { false }
    context.training.isUrgent = { false }
    context.console.show = { [output] text in output.text.withLock { $0 += text } }
  }

  /// A shell in which `text` was carried out.
  init(after text: String) throws {
    self.init()
    try run(text)
    _ = printed()
  }

  /// Carries a script out up to its end or its first error; what it expected in vain is one.
  mutating func run(_ text: String, name: String = "test") throws(LanguageError) {
    context.expectations = Expectations()
    try interpreter.carryOut(Script(text, name: name), in: &context)
    if let error = context.expectations.errors.first { throw error }
  }

  /// What carrying a script out prints.
  mutating func output(of text: String) throws(LanguageError) -> String {
    _ = printed()
    try run(text)
    return printed()
  }

  /// What a command tells with `format=json`.
  mutating func json(of command: String) throws -> [String: Any] {
    let text = try output(of: "\(command) format=json")
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// The error that a script ends with, or nil.
  mutating func error(of text: String, name: String = "test") -> LanguageError? {
    do throws(LanguageError) {
      try run(text, name: name)
      return nil
    } catch {
      return error
    }
  }

  /// What was printed since the last call.
  func printed() -> String {
    output.text.withLock { text in
      defer { text = "" }
      return text
    }
  }

  /// SHA-256 over a session's object.
  func digest(_ name: String) throws -> String { try #require(context.session.digest(of: name)) }

  /// Everything that a failed statement must leave as it was.
  var state: State {
    get throws {
      State(
        digests: try context.session.names.map { "\($0) \(try digest($0))" },
        settings: context.session.settings, journal: context.session.journal)
    }
  }

  struct State: Equatable {
    var digests: [String]
    var settings: Settings
    var journal: [JournalEntry]
  }
}

extension ShellContext {
  /// Ctrl-C, noticed when somebody asks for the `count`th time.
  mutating func stopAfter(_ count: Int) {
    let asked = Counter()
    training.isInterrupted = { asked.next() >= count }
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }
}

/// A test shell that can be asked within an expectation.
final class Typist {
  var shell: TestShell

  init(after text: String = "") throws { shell = try TestShell(after: text) }

  var session: Session { shell.context.session }
  var state: TestShell.State { get throws { try shell.state } }

  func run(_ text: String) throws { try shell.run(text) }
  func output(of text: String) throws -> String { try shell.output(of: text) }
  func digest(_ name: String) throws -> String { try shell.digest(name) }

  /// What is said of the error that a script ends with; nil without one.
  func problem(_ text: String) -> String? { shell.error(of: text)?.text() }
}
