import CommandLanguage
import PlainText
import Sessions

extension Command<ShellContext> {
  static var showWatch: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run), "The run (default: the last one used).")
    let count = Parameter.option(
      "n", .integer(1...1_000_000), default: 20, "How many of the last measurements to show.")
    return ShellCommand(
      "show watch", "Shows what was measured of a run batch by batch.", category: .strategies,
      effect: .looks, parameters: [run, count], formats: .table,
      examples: [
        Example("show watch kd n=5", "The last five measurements."),
        Example("show watch kd > watch.csv", "All of them, for other programs."),
      ],
      seeAlso: ["watch", "plot watch"]
    ) { context, arguments in
      let name = try context.runName(arguments[run])
      let watch = try context.watch(of: name)
      let whole = watchTable(watch)
      var last = whole
      last.rows = Array(whole.rows.suffix(arguments[count]))
      var output = CommandOutput(table: last, warnings: context.staleNotes([name]))
      if last.rows.count < whole.rows.count {
        output.notes.insert(
          "the last \(last.rows.count) of \(grouped(whole.rows.count)): n=\(whole.rows.count) shows all",
          at: 0)
      }
      for form in ["csv", "md", "json"] { output.tablesOfForms[form] = whole }
      return output
    }
  }
}

/// A row for each measurement.
func watchTable(_ watch: Watch) -> Table {
  let outputs = watch.rows.map(\.logits.count).max() ?? 0
  return Table(
    [Table.Column("task"), Table.Column("batches"), "loss"]
      + watch.targets.map { Table.Column("\($0.name) %", key: "accuracy_\($0.name)") }
      + (0..<outputs).map { Table.Column("logit \($0)", key: "logit_\($0)") },
    rows: watch.rows.map { row in
      [
        .integer(row.task + 1), .integer(row.steps),
        row.loss.map { .number($0, decimals: 4) } ?? .missing,
      ] + row.accuracies.map { $0.map { .number($0, decimals: 1) } ?? .missing }
        + row.logits.map { .number(Double($0), decimals: 3) }
    })
}

extension ShellContext {
  /// What was measured of a run.
  func watch(of name: String) throws -> Watch {
    guard let watch = try run(name).watch else { throw ModelProblem.notWatched(run: name) }
    return watch
  }
}
