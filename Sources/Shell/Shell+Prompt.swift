import CommandLanguage
import Datasets
import Foundation
import Learning
import PlainText
import Sessions
import System

/// The conversation with a person at a prompt.
extension Shell {
  mutating func converse() -> Exit {
    let session = Prompter(registry: registry, history: options.isSafe ? nil : HistoryFile())
    guard let editor = session.editor else { return readAlong() }
    if let exit = readConfiguration() { return exit }
    context.guide.isGuiding = true
    greet()
    while !context.ends {
      Interrupt.process.clear()
      session.directory = context.session
      context.showWalk()
      session.variables = interpreter.variables.names
      // What Enter ends was parsed to see whether it is whole.
      var typed: TypedText?
      let input = editor.read(prompt) { text in
        let read = TypedText(text)
        typed = read
        return read.script.isIncomplete
      }
      switch input {
      case .end:
        // The end of the input is no wish to end when the terminal is gone.
        guard isatty(0) == 1 else { return .hungUp }
        print("")
        if context.mayLeave() { return .success }
      case .interrupted: break
      case .text(let text):
        let meant = context.statement(typed: text)
        take(typed.flatMap { $0.text == meant ? $0 : nil } ?? TypedText(meant), editor)
      }
      if Interrupt.process.endingSignal != nil { return .terminated }
    }
    return .success
  }

  /// Carries out what was typed; what holds several statements is checked whole before.
  private mutating func take(_ typed: TypedText, _ editor: LineEditor) {
    let checked = registry.checked(
      typed.script, variables: interpreter.variables, reading: .abbreviated, in: context)
    // History gets full names, which stay right when other commands are added.
    editor.remember(typed.isForSystem ? typed.text : checked.fullText)
    guard checked.errors.isEmpty else { return checked.errors.forEach(report) }
    let isStep = context.isStep(checked)
    do throws(LanguageError) {
      try interpreter.carryOut(typed.script, first: checked.first, in: &context)
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
    else { return nil }
    let show = context.console.show
    context.console.show = { _ in }
    context.depth += 1
    _ = runFile(path)
    context.depth -= 1
    context.console.show = show
    if let summary = context.expectations.summary { notify("\(path): \(summary)") }
    context.expectations = Expectations()
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
  func announceAutosaves(atMost limit: Int) {
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
}
