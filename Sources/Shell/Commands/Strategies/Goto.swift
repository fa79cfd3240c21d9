import CommandLanguage

extension Command<ShellContext> {
  static var goto: ShellCommand {
    let checkpoint = Parameter.positional("checkpoint", .object(.checkpoint), "Which: kd@4.")
    return ShellCommand(
      "goto", "Takes a run to one of its checkpoints, earlier or later.", category: .strategies,
      effect: .changes, searchWords: ["checkout"], parameters: [checkpoint],
      formats: ["csv", "json", "md", "txt"],
      examples: [
        Example("goto kd@0", "To the beginning."),
        Example("goto kd@4", "As it was after task 4."),
      ], seeAlso: ["checkpoints", "back", "branch"]
    ) { context, arguments in
      let reference = arguments[checkpoint]
      let (run, state) = try context.checkpoint(reference)
      return context.move(reference.base, run, to: state)
    }
  }
}
