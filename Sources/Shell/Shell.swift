import CommandLanguage
import Foundation
import PlainText
import Sessions
import System
import Tracking

/// Reads statements from a script, the command line, a pipe or a person, and carries them out.
public struct Shell {
  let options: ShellOptions
  let registry = Registry.waymark
  var context: ShellContext
  var interpreter: Interpreter<ShellContext>

  /// How the program ends.
  public enum Exit: Int32, Sendable {
    case success = 0
    case failed = 1
    case misused = 2
    case interrupted = 130
    /// By SIGHUP and SIGTERM.
    case hungUp = 129
    case terminated = 143
  }

  public init(_ options: ShellOptions) {
    self.options = options
    let isInteractive = options.script == nil && options.commands == nil && isatty(0) == 1
    context = ShellContext(options: options, isInteractive: isInteractive)
    var variables = Variables()
    for (name, value) in options.variables { variables.give(name, Operand(value)) }
    interpreter = Interpreter(
      registry: registry, reading: isInteractive ? .abbreviated : .exact, variables: variables)
    interpreter.isInterrupted = context.training.isInterrupted
    if !options.isSafe {
      context.safety.autosaving.file = Autosave(
        folder: context.safety.autosaving.folder, program: Program.version)
    }
  }

  /// Runs to the end of the input or of the session; work that was cut short is kept.
  public mutating func run() -> Exit {
    defer {
      TerminalEcho.release()
      context.training.tracking.closeAll()
      context.console.pictures.close()
    }
    Interrupt.installHandler()
    // A reader that went away and a limit on the size of files are errors of the write.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    if !context.console.isInteractive { announceAutosaves(atMost: options.commands == nil ? 1 : 0) }
    var exit = runInput()
    if let summary = context.expectations.summary {
      complain(summary, prefix: "")
      if exit == .success { exit = .failed }
    }
    switch Interrupt.process.endingSignal {
    case SIGHUP?: exit = .hungUp
    case _?: exit = .terminated
    case nil: break
    }
    let keeping: ShellContext.Keeping =
      switch exit {
      case .success: .nothing
      case .failed, .misused, .interrupted: .work
      case .hungUp, .terminated: .all
      }
    if let notice = context.endAutosaving(keeping) { notify(notice) }
    return exit
  }

  private mutating func runInput() -> Exit {
    if let path = options.sessionFile {
      let restore = "restore session \(TextExpression(path))"
      let exit = runScript(Script(restore, name: "--session"))
      if exit != .success { return exit }
    }
    if let commands = options.commands { return runScript(Script(commands, name: "-c")) }
    if let path = options.script { return runFile(path) }
    if context.console.isInteractive { return converse() }
    return readAlong()
  }

  mutating func runFile(_ path: String) -> Exit {
    let text: String
    do {
      text = try ScriptFile.read(path)
    } catch let error as FileProblem where error.isOfSession {
      complain("\(error.failure.message): 'waymark --session \(TextExpression(path))' restores it")
      return .misused
    } catch {
      let failure = error as? Failure ?? context.describe(error)
      complain("cannot read the script: \(failure.message)")
      return .misused
    }
    return runScript(Script(text, name: path))
  }

  /// Checks the whole script, then runs it up to its end or its first error.
  private mutating func runScript(_ script: Script) -> Exit {
    let checked = registry.checked(script, variables: interpreter.variables, in: context)
    guard checked.errors.isEmpty else {
      checked.errors.forEach(report)
      return .misused
    }
    do throws(LanguageError) {
      try interpreter.carryOut(script, first: checked.first, in: &context)
      // A run that Ctrl-C stops is kept and is no error, but the script did not do all it says.
      return context.training.isInterrupted() ? .interrupted : .success
    } catch {
      report(error)
      return context.training.isInterrupted() ? .interrupted : .failed
    }
  }

  /// A pipe: statement by statement, as they come.
  mutating func readAlong() -> Exit {
    var reader = PlainReader()
    var version: Int?
    while !context.ends,
      let (text, line) = reader.read(isIncomplete: { Script($0, name: "").isIncomplete })
    {
      let script = Script(text, name: "standard input", firstLine: line, version: version)
      // It stands on top, and holds for all that follows.
      if case .version(let number)? = script.statements.first { version = number.value }
      let exit = runScript(script)
      if exit != .success { return exit }
    }
    return .success
  }

  func report(_ error: LanguageError) {
    context.report(error)
    error.others.forEach(context.report)
  }

  func notify(_ message: String) { context.console.tell(message, as: "notice") }

  private func complain(_ message: String, prefix: String = "error: ") {
    let text =
      options.printsJSON
      ? "{\"error\":{\"message\":\(jsonText(message)),\"file\":null,\"line\":null,\"column\":null}}"
      : TerminalInfo.messages.laidOut(prefix + message)
    StandardStreams.tell(text + "\n")
  }
}
