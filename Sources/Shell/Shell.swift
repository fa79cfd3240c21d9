import CommandLanguage
import Datasets
import Foundation
import Learning
import PlainText
import Sessions
import System
import Tracking

/// Reads statements from a script, the command line, a pipe or a person, and carries them out.
public struct Shell {
  private let options: ShellOptions
  private let registry = Registry.waymark
  private var context: ShellContext
  private var interpreter: Interpreter<ShellContext>

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
    }
    Interrupt.installHandler()
    // A reader that went away and a limit on the size of files are errors of the write.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    if !context.console.isInteractive { announceAutosaves(atMost: options.commands == nil ? 1 : 0) }
    var exit = runInput()
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

  // MARK: Scripts

  private mutating func runFile(_ path: String) -> Exit {
    let text: String
    do {
      text = try ScriptFile.read(path)
    } catch let error as ScriptFile.IsSession {
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
    let errors = registry.check(script, variables: interpreter.variables, in: context)
    guard errors.isEmpty else {
      errors.forEach(report)
      return .misused
    }
    do throws(LanguageError) {
      try interpreter.carryOut(script, in: &context)
      // A run that Ctrl-C stops is kept and is no error, but the script did not do all it says.
      return context.training.isInterrupted() ? .interrupted : .success
    } catch {
      report(error)
      return context.training.isInterrupted() ? .interrupted : .failed
    }
  }

  /// A pipe: statement by statement, as they come.
  private mutating func readAlong() -> Exit {
    var reader = PlainReader()
    while !context.ends,
      let (text, line) = reader.read(isIncomplete: { Script($0, name: "").isIncomplete })
    {
      let exit = runScript(Script(text, name: "standard input", firstLine: line))
      if exit != .success { return exit }
    }
    return .success
  }

  // MARK: The prompt

  private mutating func converse() -> Exit {
    let session = Prompter(
      registry: registry, history: options.isSafe ? nil : HistoryFile())
    guard let editor = session.editor else { return readAlong() }
    if let exit = readConfiguration() { return exit }
    context.guide.isGuiding = true
    greet()
    while !context.ends {
      Interrupt.process.clear()
      session.directory = context.session
      context.showWalk()
      session.variables = interpreter.variables.names
      switch editor.read(prompt, isIncomplete: { TypedText($0).script.isIncomplete }) {
      case .end:
        // The end of the input is no wish to end when the terminal is gone.
        guard isatty(0) == 1 else { return .hungUp }
        print("")
        if context.mayLeave() { return .success }
      case .interrupted: break
      case .text(let text): take(text, editor)
      }
      if Interrupt.process.endingSignal != nil { return .terminated }
    }
    return .success
  }

  /// Carries out what was typed; what holds several statements is checked whole before.
  private mutating func take(_ text: String, _ editor: LineEditor) {
    let typed = TypedText(context.statement(typed: text))
    let script = typed.script
    let isStep = context.isStep(typed.text)
    let variables = interpreter.variables
    // History gets full names, which stay right when other commands are added.
    editor.remember(
      typed.isForSystem
        ? typed.text : registry.expanded(script, variables: variables, in: context))
    let errors = registry.check(script, variables: variables, reading: .abbreviated, in: context)
    guard errors.isEmpty else { return errors.forEach(report) }
    do throws(LanguageError) {
      try interpreter.carryOut(script, in: &context)
      if isStep { context.guide.walk?.advance() }
    } catch {
      report(error)
    }
  }

  /// The run one stands in and its task: `kd 2/5> `.
  private var prompt: LineEditor.Prompt {
    var text = "waymark> "
    if let walk = context.followedWalk {
      text = walk.prompt
    } else if let name = context.workspace.currentRun, case .run(let run)? = context.session[name],
      run.run.isFinished == false
    {
      text = "\(name) \(run.run.tasksDone)/\(run.run.tasks.count)> "
    }
    return LineEditor.Prompt(text, colour: context.console.terminal.isColoured ? "1;32" : nil)
  }

  /// Carries out `rc.way` of the configuration folder, if there is one; not with `--safe`. What it
  /// prints is not shown; after an error in it the session goes on.
  private mutating func readConfiguration() -> Exit? {
    let path = Folders.configuration + "/rc.way"
    guard options.readsConfiguration, !options.isSafe, FileManager.default.fileExists(atPath: path)
    else {
      return nil
    }
    let show = context.console.show
    context.console.show = { _ in }
    context.depth += 1
    _ = runFile(path)
    context.depth -= 1
    context.console.show = show
    Interrupt.process.clear()
    return context.ends ? .success : nil
  }

  private func greet() {
    guard !options.isQuiet else { return }
    print(
      context.console.terminal.laidOut(
        "Waymark \(Program.version): 'tour' shows around, 'help' lists all, Ctrl-D ends."))
    announceAutosaves(atMost: 3)
  }

  /// Says which sessions did not come to their end; nothing is restored unasked, and only the newest
  /// are kept.
  ///
  /// - Parameter limit: How many are told of one by one; 0 says nothing of them.
  private func announceAutosaves(atMost limit: Int) {
    let folder = context.safety.autosaving.folder
    let forgotten = options.isSafe ? 0 : Autosave.forgetOldest(in: folder)
    guard !options.isQuiet else { return }
    let all = Autosave.found(in: folder)
    defer {
      if limit > 0, all.count > limit {
        notify("and \(all.count - limit) more: 'sessions' lists them")
      }
      if forgotten > 0 {
        notify(
          "\(counted(forgotten, "older unfinished session")) deleted: the newest "
            + "\(Autosave.limit) are kept")
      }
    }
    for (index, found) in all.prefix(limit).enumerated() {
      let number = index == 0 ? "" : " \(index + 1)"
      notify(
        "unfinished session \(found.summary); 'restore autosave\(number)' recovers it, "
          + "'drop autosave\(number)' deletes it")
    }
  }

  // MARK: Both

  private func report(_ error: LanguageError) {
    reportOne(error)
    error.others.forEach(reportOne)
  }

  private func reportOne(_ error: LanguageError) {
    let terminal = TerminalInfo.messages
    let text =
      options.printsJSON
      ? error.json
      : error.text(
        coloured: terminal.isColoured, width: terminal.isTerminal ? terminal.width : nil)
    StandardStreams.tell(text + "\n")
  }

  private func notify(_ message: String) {
    let text =
      options.printsJSON
      ? "{\"notice\":\(jsonText(message.withoutControls))}"
      : TerminalInfo.messages.laidOut(message.withoutControls)
    StandardStreams.tell(text + "\n")
  }

  private func complain(_ message: String) {
    let text =
      options.printsJSON
      ? "{\"error\":{\"message\":\(jsonText(message)),\"file\":null,\"line\":null,\"column\":null}}"
      : TerminalInfo.messages.laidOut("error: \(message)")
    StandardStreams.tell(text + "\n")
  }
}

/// The line editor with what its completion looks at.
private final class Prompter {
  var directory: any ObjectDirectory = NoObjects()
  var variables: [String] = []
  private(set) var editor: LineEditor?

  init(registry: Registry<ShellContext>, history: HistoryFile?) {
    editor = nil
    editor = LineEditor(history: history) { [unowned self] text in
      if TypedText(text).isForSystem { return .file(text) }
      func complete(_ directory: some ObjectDirectory) -> Completion {
        registry.complete(text, variables: variables, in: directory)
      }
      return complete(directory)
    }
  }
}

/// What was typed at the prompt: statements, or `!` and a line for the system's shell.
struct TypedText {
  let text: String
  let isForSystem: Bool
  let script: Script

  init(_ text: String) {
    self.text = text
    let line = text.drop { $0.isWhitespace }
    // `!!` repeats a line in other shells.
    isForSystem = line.first == "!" && !line.hasPrefix("!!")
    guard isForSystem else {
      script = Script(text, name: "prompt")
      return
    }
    let command = line.dropFirst().trimmingCharacters(in: .whitespaces)
    script = Script(
      command.isEmpty ? "shell" : "shell \(TextExpression(command))", name: "prompt")
  }
}
