import CommandLanguage
import Sessions

extension ShellContext {
  /// What a command of another process gave, of which the journal has the text and the numbers.
  ///
  /// If it shows the same now, that is it, with its table and its figure; else it is what was
  /// printed. Of journals that do not have it, it is what the command shows now.
  func recalled(_ entry: JournalEntry) -> (output: Transcript.Entry, isRepeated: Bool)? {
    let now = repeated(entry.command)
    if let now, entry.details.agree(with: now.output, of: now.verb) {
      return (Transcript.Entry(now.output, written: now.written), false)
    }
    guard entry.details.output.isEmpty else {
      return (Transcript.Entry(text: entry.details.output), false)
    }
    return now.map { (Transcript.Entry($0.output, written: $0.written), true) }
  }

  private struct Repetition {
    /// Nil if it is not the command itself that was repeated.
    var verb: String?
    var output: CommandOutput
    /// Files that `>` wrote.
    var written: [String] = []
  }

  /// What a command shows now, if it only looks at objects; if it made one, what `show` says of it.
  private func repeated(_ command: String) -> Repetition? {
    guard let checked = checked(command) else { return nil }
    let declaration = checked.command
    if let name = checked.arguments.resultName, declaration.result != nil {
      guard session[name] != nil else { return nil }
      var shown = repeated("show \(TextExpression(name))")
      shown?.verb = nil
      return shown
    }
    var copy = self
    copy.training.isInterrupted = { false }
    guard [.looks, .says].contains(declaration.effect),
      let output = try? checked.run(in: &copy)
    else { return nil }
    return Repetition(
      verb: declaration.verb, output: output,
      written: checked.arguments.output.map { [$0.path] } ?? [])
  }

  private func checked(_ command: String) -> CheckedCommand<ShellContext>? {
    let script = Script(command, name: "journal")
    guard script.errors.isEmpty, case .command(let statement)? = script.statements.first else {
      return nil
    }
    return try? Registry.waymark.check(
      statement, from: script.source, variables: Variables(), in: self)
  }
}
