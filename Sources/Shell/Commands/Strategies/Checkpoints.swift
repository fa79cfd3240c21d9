import CommandLanguage
import Learning
import Metrics
import Sessions

extension Command<ShellContext> {
  static var checkpoints: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run, .runs), "The run (default: the last one used).")
    return ShellCommand(
      "checkpoints", "Lists the checkpoints of a run.", category: .strategies, effect: .looks,
      parameters: [run], formats: ["csv", "json", "md", "txt"],
      examples: [Example("checkpoints kd", "A row per checkpoint; a mark where the run stands.")],
      seeAlso: ["back", "goto", "branch", "prune"],
      discussion: """
        The end of every task is a checkpoint, and every place where the run was stopped, by 'step' \
        or by Ctrl-C. kd@2 is the run kd at the end of task 2, kd@2.57 lies 57 training steps \
        further, kd@0 is its beginning. The accuracy is that of the last test, at the end of a task, \
        which the column behind it names. Numbers that are equal are stored once.
        """
    ) { context, arguments in
      try context.forEach(arguments[run]) { context, reference in
        let name = try context.runName(reference)
        let run = try context.run(name)
        let here = run.run.place
        let rows = run.checkpoints.states.map { state -> [Table.Cell] in
          [
            .text("\(name)\(state.place)"), .text(context.place(of: state)),
            .integer(state.history.steps),
            .percent(state.history.evaluations.last?.accuracy),
            state.history.evaluations.isEmpty
              ? .missing : .text("\(name)@\(state.history.evaluations.count)"),
            .text(state.place == here ? "here" : ""),
          ]
        }
        return CommandOutput(
          context.described(name),
          table: Table(
            [
              "checkpoint", "where", Table.Column("batches", key: "steps"),
              Table.Column("test %", key: "accuracy"), Table.Column("of", key: "accuracy_of"),
              Table.Column("", key: "present"),
            ], rows: rows),
          record: run.checkpoints.states.map { state -> ResultRecord in
            [
              "checkpoint": "\(name)\(state.place)", "task": state.place.task,
              "steps": state.history.steps,
              "accuracy": OrNull(state.history.evaluations.last?.accuracy),
              "figures": MetricAge(name, state), "present": state.place == here,
            ]
          })
      }
    }
  }
}
