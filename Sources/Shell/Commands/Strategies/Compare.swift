import CommandLanguage
import Learning
import Metrics
import Sessions

/// What `compare` looks at.
enum CompareMetric: String, CaseIterable, Sendable {
  case accuracy
  case macro
}

extension Command<ShellContext> {
  static var compare: ShellCommand {
    let runs = Parameter.optionalPositional(
      "runs", .list(of: .object(.run)), "The runs, [ft, kd]; else all.")
    let metric = Parameter.option(
      "metric", .choice(of: CompareMetric.self), default: .accuracy,
      "Over all images, or the mean over classes.")
    let by = Parameter.option("by", .choice(["task"]), default: "task", "What the columns are.")
    return ShellCommand(
      "compare", "Puts runs side by side: accuracy after each task, average, forgetting.",
      category: .strategies, parameters: [runs, metric, by],
      formats: .table,
      examples: [
        Example("compare [ft, kd]", "A row per run."),
        Example("compare > curves.csv", "A row per run and task, for other programs."),
      ],
      seeAlso: ["plot accuracy", "matrix"],
      discussion: """
        average: mean of the accuracies after each task. forgetting: mean over the tasks but the \
        last of the best accuracy on a task before the end less the one at the end. BWT: the \
        same against the accuracy when the task was just learned, with the sign turned.
        """
    ) { context, arguments in
      let chosen = try context.runs(arguments[runs])
      let output = arguments.output?.ending ?? arguments.format ?? ""
      let format = arguments.format ?? output
      let table =
        format == "csv"
        ? curves(chosen) : comparisonTable(chosen, macro: arguments[metric] == .macro)
      return CommandOutput(
        table: table,
        record: ComparisonRecord(
          metric: arguments[metric].rawValue,
          runs: chosen.map { RunRecord($0.name, $0.run, arguments[metric]) }))
    }
  }
}

private struct ComparisonRecord: Encodable {
  var metric: String
  var unit = "percent"
  var runs: [RunRecord]
}

/// A row per run, a column per task.
func comparisonTable(_ runs: [(name: String, run: Run)], macro: Bool) -> Table {
  let records = runs.map { RunRecord($0.name, $0.run, macro ? .macro : .accuracy) }
  let tasks = records.map(\.byTask.count).max() ?? 0
  let columns: [Table.Column] =
    ["run", "strategy"] + (0..<tasks).map { Table.Column("\($0 + 1)", key: "task_\($0 + 1)") }
    + ["average", "forgetting", Table.Column("BWT", key: "backward_transfer"), "seconds"]
  func cell(_ number: Double?) -> Table.Cell { number.map { .number($0, decimals: 2) } ?? .missing }
  let rows = records.map { record -> [Table.Cell] in
    let values = macro ? record.byTaskMacro : record.byTask
    return [.text(record.name), .text(record.strategy)]
      + (0..<tasks).map { cell($0 < values.count ? values[$0] : nil) }
      + [
        cell(record.average.value), cell(record.forgetting.value),
        cell(record.backwardTransfer.value),
        .number(record.seconds, decimals: 1),
      ]
  }
  return Table(columns, rows: rows)
}

/// A row per run and task.
private func curves(_ runs: [(name: String, run: Run)]) -> Table {
  let rows = runs.flatMap { name, run in
    run.history.evaluations.enumerated().map { task, evaluation -> [Table.Cell] in
      [
        .text(name), .text(run.setup.strategy), .integer(run.setup.seed), .integer(task + 1),
        .integer(evaluation.classes.count), .number(evaluation.accuracy, decimals: 2),
        .number(evaluation.macroAccuracy, decimals: 2),
      ]
    }
  }
  return Table(
    ["run", "strategy", "seed", "task", "classes_seen", "accuracy", "accuracy_macro"], rows: rows)
}

extension ShellContext {
  /// The runs that are meant: those named, or all that have been evaluated.
  func runs(_ references: [ObjectReference]?) throws -> [(name: String, run: Run)] {
    let names =
      references?.map(\.name)
      ?? session.names.filter { name in
        if case .run(let run)? = session[name] { return !run.run.history.evaluations.isEmpty }
        return false
      }
    guard !names.isEmpty else { throw Failure("there are no runs yet", help: "help run") }
    return try names.map { ($0, try run($0).run) }
  }
}
