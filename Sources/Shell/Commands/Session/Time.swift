import CommandLanguage
import PlainText

extension Command<ShellContext> {
  static var time: ShellCommand {
    let command = Parameter.command("command", "The command.")
    return ShellCommand(
      "time", "Runs a command and says how long it took.", category: .session, effect: .changes,
      searchWords: ["timeit"], parameters: [command],
      examples: [Example("time evaluate net on=T.1", "Its output, then seconds.")]
    ) { context, arguments in
      let checked = try Registry.waymark.check(
        arguments[command], from: arguments.source, variables: arguments.variables, in: context)
      context.workspace.running = checked.repeatable(in: context.session)
      let start = ContinuousClock.now
      var output = try checked.run(in: &context)
      let seconds = "\(fixed((ContinuousClock.now - start) / .seconds(1), 3)) s"
      output.notes.append(seconds)
      output.warnings.append(seconds)
      return output
    }
  }
}
