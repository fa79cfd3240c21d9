import Learning
import Metrics
import PlainText
import Sessions

extension ShellContext {
  /// A run's accuracies so far.
  func report(of name: String, _ run: Run) -> CommandOutput {
    let rows = run.history.evaluations.enumerated().map { task, evaluation -> [Table.Cell] in
      let epoch = run.history.epochs.last { $0.task == task && $0.purpose == .learn }
      return [
        .integer(task + 1), .integer(evaluation.classes.count),
        .percent(epoch?.accuracyIfAny),
        .percent(evaluation.accuracy), .percent(evaluation.macroAccuracy),
      ]
    }
    let title = session[name] == nil ? "\(name): \(describe(run))" : described(name)
    return CommandOutput(
      "\(title), \(fixed(run.seconds.value, 1)) s",
      table: Table(
        [
          "task", Table.Column("classes so far", key: "classes_seen"),
          Table.Column("train %", key: "train_accuracy"), Table.Column("test %", key: "accuracy"),
          Table.Column("macro %", key: "accuracy_macro"),
        ], rows: rows
      ).showing(name, run), warnings: notes(on: name, run), record: runRecord(name, run))
  }
}
