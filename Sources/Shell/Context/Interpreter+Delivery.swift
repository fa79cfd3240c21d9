import CommandLanguage
import Sessions

extension Interpreter<ShellContext> {
  /// Runs a script's statements; each prints its output and enters the journal.
  ///
  /// A statement whose output cannot be delivered changes nothing.
  mutating func carryOut(
    _ script: Script, in context: inout ShellContext
  ) throws(LanguageError) {
    var before = context.session
    var start = ContinuousClock.now
    try run(
      script, in: &context,
      before: { command, context throws(LanguageError) in
        before = context.session
        start = .now
        try context.admit(command)
      },
      after: { step, context throws(LanguageError) in
        do {
          try context.deliver(step.output, of: step.command.arguments)
        } catch {
          context.session = before
          throw context.failure(error, of: step.command)
        }
        context.record(step.command, seconds: (ContinuousClock.now - start) / .seconds(1))
      })
  }
}
