import CommandLanguage
import Sessions

extension Command<ShellContext> {
  static var watchOff: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run, .runs), "The run (default: the last one used).")
    return ShellCommand(
      "watch off", "Measures a run no longer, and drops what was measured.",
      category: .strategies, effect: .changes, parameters: [run],
      examples: [Example("watch off kd", "It learns at full speed again.")], seeAlso: ["watch"]
    ) { context, arguments in
      try context.forEach(arguments[run]) { context, reference in
        let name = try context.runName(reference)
        var object = try context.run(name)
        guard object.watch != nil else { return CommandOutput("'\(name)' was not watched") }
        object.watch = nil
        context.session.set(name, to: .run(object))
        return CommandOutput("\(name): no longer watched")
      }
    }
  }
}
