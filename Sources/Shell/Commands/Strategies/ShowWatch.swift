import CommandLanguage
import PlainText

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
      seeAlso: ["watch", "plot watch"],
      discussion: """
        With an old task among those watched there are three more columns, all over the old tasks as \
        they are after each batch: forgetting, min-ACC, and WC-ACC. 'explain stability-gap' has their \
        formulas.
        """
    ) { context, arguments in
      let name = try context.runName(arguments[run])
      let course = try context.watchCourse(of: name)
      let whole = course.table
      var last = whole
      last.rows = Array(whole.rows.suffix(arguments[count]))
      var output = CommandOutput(
        table: last, notes: course.summary, warnings: context.staleNotes([name]))
      output.summary = course.record
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
