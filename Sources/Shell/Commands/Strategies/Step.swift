import CommandLanguage
import Learning

extension Command<ShellContext> {
  static var step: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run, .runs),
      "The run, or each of those of several seeds (default: the last one used).")
    let count = Parameter.positional("n", .integer(1...1_000_000), default: 1, "How many.")
    let unit = Parameter.option(
      "unit", .choice(of: Run.Goal.Unit.self), default: .task, "What is counted.")
    return ShellCommand(
      "step", "Continues a run by some batches, epochs or tasks.", category: .strategies,
      effect: .changes, searchWords: ["next"],
      parameters: [run, count, unit, LiveParameters.curves],
      formats: .table,
      touches: [.writesLogs, .draws],
      examples: [
        Example("step kd", "One task."), Example("step kd 3 unit=batch", "Three batches."),
      ], seeAlso: ["begin", "continue", "status", "plot epochs", "watch"],
      discussion: """
        It says what its batches did: their mean loss, the share of their images that were right \
        before each step, the learning rate, and the gradient norm. That is the length (L2) of the \
        gradient over all parameters, as the optimizer is given it: with what a strategy adds to it, \
        without weight decay. What came before is in 'plot epochs'.
        """
    ) { context, arguments in
      let (number, unit, curves) = (
        arguments[count], arguments[unit], arguments[LiveParameters.curves]
      )
      func step(_ context: inout ShellContext, _ name: String) throws -> CommandOutput {
        try context.go(name, to: .more(number, unit), live: curves, tellsSteps: true)
      }
      if let group = arguments[run], group.kind == .runs {
        return try context.train(group, as: { "step \($0) \(number) unit=\(unit.rawValue)" }, step)
      }
      let name = try context.unfinishedRun(arguments[run])
      return try step(&context, name)
    }
  }
}
