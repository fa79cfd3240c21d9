import CommandLanguage
import Learning
import Sessions

extension Command<ShellContext> {
  static var back: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run, .runs), "The run (default: the last one used).")
    let count = Parameter.positional(
      "n", .integer(1...1_000_000), default: 1, "How many checkpoints.")
    return ShellCommand(
      "back", "Takes a run back to an earlier checkpoint.", category: .strategies, effect: .changes,
      searchWords: ["undo"], parameters: [run, count], formats: ["csv", "json", "md", "txt"],
      examples: [
        Example("back kd", "To the checkpoint before."), Example("back kd 2", "One more."),
      ], seeAlso: ["checkpoints", "goto", "branch"],
      discussion: "Later checkpoints stay: 'goto' leads to them again, and so does 'continue'."
    ) { context, arguments in
      try context.forEach(arguments[run]) { context, reference in
        let name = try context.runName(reference)
        let object = try context.run(name)
        let (here, number) = (object.run.place, arguments[count])
        guard let state = object.checkpoints.state(number, before: here) else {
          throw RunProblem.noEarlierCheckpoint(
            run: name, place: here, count: object.checkpoints.places.count { $0 < here })
        }
        return context.move(name, object, to: state)
      }
    }
  }
}
