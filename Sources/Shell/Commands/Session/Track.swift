import CommandLanguage
import Tracking

extension Command<ShellContext> {
  static var track: ShellCommand {
    ShellCommand(
      "track", "Lists the logs that runs are written to.", category: .session, effect: .looks,
      formats: ["csv", "json", "md", "txt"], examples: [Example("track", "A row per log.")],
      seeAlso: ["track tensorboard", "track wandb", "track csv", "track off"]
    ) { context, _ in
      let tracking = context.training.tracking
      let rows = tracking.targets.enumerated().map { index, target -> [Table.Cell] in
        [
          .text(target.form.word), .text(target.path),
          .text(target.runs.isEmpty ? "all" : target.runs.joined(separator: " ")),
          .text(tracking.failures[index].map { "stopped: \($0.message)" } ?? "on"),
        ]
      }
      return CommandOutput(
        table: Table(["log", "path", "runs", "state"], rows: rows),
        notes: rows.isEmpty ? ["Nothing is logged: 'help track csv' tells how."] : [])
    }
  }
}

extension Tracking.Target.Form {
  /// As in `track wandb`.
  var word: String {
    switch self {
    case .wandb: "wandb"
    case .tensorboard: "tensorboard"
    case .csv: "csv"
    case .jsonl: "jsonl"
    }
  }
}
