import CommandLanguage
import Datasets
import Learning
import Sessions

extension Command<ShellContext> {
  static var continueRun: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run, .runs), "The run, or runs of several seeds (default: the last one used)."
    )
    let until = Parameter.optional("until", .integer(1...1000), "Stop when this task is done.")
    return ShellCommand(
      "continue", "Continues a run to its end, or to the end of a task.", category: .strategies,
      effect: .changes, searchWords: ["resume"], parameters: [run, until, LiveParameters.curves],
      formats: .table,
      touches: [.writesLogs, .draws],
      examples: [
        Example("continue kd until=3", "Tasks up to the third."),
        Example("continue kd", "The rest."),
      ], seeAlso: ["step", "begin"]
    ) { context, arguments in
      let (last, curves) = (arguments[until], arguments[LiveParameters.curves])
      func go(_ context: inout ShellContext, _ name: String) throws -> CommandOutput {
        if let last {
          let state = try context.run(name).run
          guard last <= state.tasks.count else {
            throw RunProblem.noSuchTask(count: state.tasks.count)
          }
          guard last > state.tasksDone else { throw RunProblem.taskDone(last) }
        }
        return try context.go(name, to: last.map { .task($0 - 1) } ?? .end, live: curves)
      }
      if let group = arguments[run], group.kind == .runs {
        let members = context.session.runs(of: group.name)
        guard let last else { return try context.goAll(group.name, members, live: curves) }
        let done = try members.map { try context.run($0).run }
        if done.allSatisfy({ $0.tasksDone >= last }) { throw RunProblem.taskDone(last) }
        return try context.train(group, as: { "continue \($0) until=\(last)" }) { context, name in
          // Those that are further stay where they are.
          try context.run(name).run.tasksDone >= last
            ? CommandOutput(context.described(name)) : go(&context, name)
        }
      }
      let name = try context.unfinishedRun(arguments[run])
      return try go(&context, name)
    }
  }
}
