import CommandLanguage
import Tracking

extension Command<ShellContext> {
  static var trackJSONL: ShellCommand {
    ShellCommand(
      "track jsonl", "Logs runs in one file, a JSON object a line.", category: .session,
      effect: .changes, parameters: [TrackParameters.file, TrackParameters.only],
      touches: [.writesNamed],
      examples: [Example("track jsonl runs.jsonl", "Configuration, rows, summary.")],
      seeAlso: ["track", "track csv", "track off", "export"], discussion: TrackParameters.discussion
    ) { context, arguments in
      try context.track(.jsonl, TrackParameters.file, arguments)
    }
  }
}
