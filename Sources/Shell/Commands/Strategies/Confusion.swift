import CommandLanguage
import Learning
import Metrics
import PlainText

extension Command<ShellContext> {
  static var confusion: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    let task = Parameter.optional(
      "task", .integer(1...1000), "After which task (default: the last).")
    let top = Parameter.option(
      "top", .integer(1...10_000), default: 20, "How many of the most frequent mistakes.")
    let head = HeadChoice.parameter
    return ShellCommand(
      "confusion", "Shows which classes are mistaken for which.", category: .strategies,
      effect: .looks, searchWords: ["confusion_matrix"], parameters: [run, task, top, head],
      formats: .table,
      examples: [
        Example("confusion kd top=5", "The five most frequent mistakes."),
        Example("confusion kd > confusion.csv", "The whole matrix."),
      ], seeAlso: ["plot confusion", "matrix"]
    ) { context, arguments in
      let name = arguments[run].name
      let run = try context.evaluated(name)
      let evaluations = try HeadChoice.evaluations(of: run, name, arguments)
      let evaluation = try context.evaluation(of: name, task: arguments[task], in: evaluations)
      let labels = try context.labels(of: name, evaluation.classes)
      // The counts are [true class][predicted class].
      let record: ResultRecord = [
        "run": name, "afterTask": arguments[task] ?? evaluations.count,
        "classes": evaluation.classes, "counts": evaluation.confusion,
        "figures": FigureAge(name, run),
      ]
      // Who names a task asks for what was then.
      let warnings = arguments[task] == nil ? context.notes(on: name) : context.staleNotes([name])
      func marked(_ table: Table) -> Table {
        arguments[task] == nil ? table.showing(name, run) : table
      }
      var output = CommandOutput(
        "\(grouped(evaluation.correct)) of \(counted(evaluation.total, "image")) right",
        table: mistakeTable(evaluation, labels: labels, top: arguments[top]),
        warnings: warnings, record: record)
      for form in ["csv", "md"] { output.tablesOfForms[form] = marked(whole(evaluation)) }
      return output
    }
  }
}

private func whole(_ evaluation: Evaluation) -> Table {
  let columns = evaluation.classes.map { Table.Column("\($0)") }
  let rows = evaluation.confusion.enumerated().map { row, counts -> [Table.Cell] in
    [.integer(evaluation.classes[row])] + counts.map { .integer($0) }
  }
  return Table(["class"] + columns, rows: rows)
}
