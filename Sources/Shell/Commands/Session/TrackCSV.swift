import CommandLanguage
import Tracking

extension Command<ShellContext> {
  static var trackCSV: ShellCommand {
    ShellCommand(
      "track csv", "Logs runs in one file of comma-separated values.", category: .session,
      effect: .changes, searchWords: ["CSVLogger"],
      parameters: [TrackParameters.file, TrackParameters.only], touches: [.writesNamed],
      examples: [Example("track csv runs.csv", "A line for every number.")],
      seeAlso: ["track", "track jsonl", "track off", "export"],
      discussion: TrackParameters.discussion + """

        The columns: log,run,step,task,epoch,metric,value. Lines with the same log belong \
        together: a run that is taken up again by another start of the program begins a new one.
        """
    ) { context, arguments in
      try context.track(.csv, TrackParameters.file, arguments)
    }
  }
}
