package import CommandLanguage
import Sessions

extension Interpreter<ShellContext> {
  /// Runs a script's statements; each prints its output and enters the journal.
  ///
  /// A statement whose output cannot be delivered changes nothing. Nothing follows `quit`.
  package mutating func carryOut(
    _ script: Script, first: CheckedCommand<ShellContext>? = nil, in context: inout ShellContext
  ) throws(LanguageError) {
    var before = (session: context.session, run: context.workspace.currentRun)
    var start = ContinuousClock.now
    var comments = script.comments
    do throws(LanguageError) {
      try run(
        script, first: first, in: &context,
        before: { command, context throws(LanguageError) in
          if context.ends {
            let arguments = command.arguments
            throw LanguageError(.interrupted, at: arguments.span(of: ""), in: arguments.source)
          }
          before = (context.session, context.workspace.currentRun)
          start = .now
          try context.admit(command)
          context.workspace.impliedRun = nil
          context.workspace.running = command.repeatable(in: context.session)
        },
        after: { step, context throws(LanguageError) in
          let written: [String]
          let output: CommandOutput
          if let unmet = step.output.unmet {
            let error = step.command.located(unmet.problem, in: context)
            guard context.goesOnUnmet, !unmet.isLast else {
              context.expectations.unmet += context.countsExpectations ? 1 : 0
              throw error
            }
            context.expectations.unmet += 1
            context.expectations.errors.append(error)
            context.report(error)
            return
          }
          do {
            try context.askAboutReplacing()
            output = try context.dressed(step.output, by: step.command.arguments)
            written = try context.deliver(output, of: step.command.arguments)
          } catch {
            (context.session, context.workspace.currentRun) = before
            throw step.command.located(error, in: context, at: Failure.output)
          }
          if step.output.isExpectation, context.countsExpectations {
            context.expectations.held += 1
          }
          let seconds = (ContinuousClock.now - start) / .seconds(1)
          // Nothing takes the command back any more: a journal that two sessions held would be copied.
          before.session.journal = []
          let entries = context.session.journal.count
          context.record(
            step.command, output: output, since: before.session, seconds: seconds, &comments)
          if context.session.journal.count > entries, let entry = context.session.journal.last {
            context.record.transcript.add(.init(output, written: written), for: entry)
            try context.verify(step.command)
          }
          context.noteHeldRuns()
          context.autosave(afterWorking: seconds, since: before.session)
          if let failure = step.output.failure {
            throw step.command.located(failure, in: context, at: Failure.output)
          }
        })
      context.recordRest(&comments)
    } catch {
      if context.ends, error.fact == .interrupted { return }
      throw error
    }
  }
}
