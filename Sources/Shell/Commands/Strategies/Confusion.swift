import CommandLanguage
import Datasets
import Inspection
import Learning
import Metrics
import PlainText
import Sessions

extension Command<ShellContext> {
  static var confusion: ShellCommand {
    let model = Parameter.positional(
      "run", .object(.run, .checkpoint, .network), "The run, a checkpoint of it, or a network.")
    let task = Parameter.optional(
      "task", .integer(1...1000), "After which task (default: the last).")
    let tasks = Parameter.optional(
      "on", .object(.task, .tasks, .data),
      "Classify the images of these classes now, rather than show the last test.")
    let top = Parameter.option(
      "top", .integer(1...10_000), default: 20, "How many of the most frequent mistakes.")
    let head = HeadChoice.parameter
    return ShellCommand(
      "confusion", "Shows which classes are mistaken for which.", category: .strategies,
      effect: .looks, searchWords: ["confusion_matrix"],
      parameters: [model, task, tasks, top, head], formats: .table,
      examples: [
        Example("confusion kd top=5", "The five most frequent mistakes."),
        Example("confusion kd@1", "Those of the test after task 1."),
        Example("confusion kd > confusion.csv", "The whole matrix."),
      ], seeAlso: ["plot confusion", "matrix", "show mistakes"],
      discussion: """
        Of a run it is the last test, at the end of a task. With on=T the images are classified now: \
        in the middle of a task, or by a network.
        """
    ) { context, arguments in
      let reference = arguments[model]
      let name = reference.name
      let given = arguments[tasks]
      if given != nil || context.session.kind(of: name) == .network {
        let (model, learnedOn, asked) = try context.asked(reference, on: given, arguments)
        let data = try context.data(asked.data)
        let evaluation = try context.evaluation(
          of: model, name, data, .test, asked.sequence.tasks.flatMap(\.self))
        var output = try context.confusion(
          evaluation, of: name, asked.data, top: arguments[top])
        output.warnings = context.classNamesNote(model, learnedOn: learnedOn, given: data)
        output.notes += output.warnings
        return output
      }
      let (object, run) = try context.state(of: reference)
      guard !run.history.evaluations.isEmpty else { throw RunProblem.untested(run: name) }
      let evaluations = try HeadChoice.evaluations(of: run, name, arguments)
      let evaluation = try context.evaluation(of: name, task: arguments[task], in: evaluations)
      var output = try context.confusion(
        evaluation, of: name, object.data, top: arguments[top])
      // The counts are [true class][predicted class].
      output.record =
        [
          "run": name, "afterTask": arguments[task] ?? evaluations.count,
          "classes": evaluation.classes, "counts": evaluation.confusion,
          "figures": MetricAge(name, run),
        ] as ResultRecord
      // Who names a task asks for what was then.
      let warnings =
        arguments[task] == nil ? context.notes(on: name, run) : context.staleNotes([reference.base])
      output.warnings = warnings
      output.notes += warnings
      if arguments[task] == nil {
        for form in ["csv", "md"] {
          output.tablesOfForms[form] = whole(evaluation).showing(name, run)
        }
      }
      return output
    }
  }
}

extension ShellContext {
  /// What was taken for what, as tables.
  fileprivate func confusion(
    _ evaluation: Evaluation, of name: String, _ data: String, top: Int
  ) throws -> CommandOutput {
    let names = (try? self.data(data))?.classNames ?? []
    let labels = evaluation.classes.map {
      names.indices.contains($0) ? "\($0) \(names[$0])" : "\($0)"
    }
    var output = CommandOutput(
      "\(grouped(evaluation.correct)) of \(counted(evaluation.total, "image")) right",
      table: mistakeTable(evaluation, labels: labels, top: top),
      record: [
        "run": name, "classes": evaluation.classes, "counts": evaluation.confusion,
      ] as ResultRecord)
    for form in ["csv", "md"] { output.tablesOfForms[form] = whole(evaluation) }
    return output
  }
}

private func whole(_ evaluation: Evaluation) -> Table {
  let columns = evaluation.classes.map { Table.Column("\($0)") }
  let rows = evaluation.confusion.enumerated().map { row, counts -> [Table.Cell] in
    [.integer(evaluation.classes[row])] + counts.map { .integer($0) }
  }
  return Table(["class"] + columns, rows: rows)
}
