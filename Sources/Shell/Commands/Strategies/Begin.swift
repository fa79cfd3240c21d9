import CommandLanguage

extension Command<ShellContext> {
  static var begin: ShellCommand {
    ShellCommand(
      "begin", "Creates a run without training it yet, so that you can step it.",
      category: .strategies, effect: .changes, parameters: RunParameters.all,
      options: StrategyParameters.options, result: .run,
      examples: [Example("begin rehearsal-kd net on=T as kd", "Then: step, continue, status.")],
      seeAlso: ["step", "continue", "run"], naming: RunParameters.objects
    ) { context, arguments in
      let names = try context.prepareRuns(arguments)
      var output = CommandOutput(record: names.first.flatMap { context.record(of: $0) })
      output.lines = names.map { context.described($0) }
      return output
    }
  }
}
