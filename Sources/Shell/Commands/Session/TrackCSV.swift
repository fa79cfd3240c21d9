import CommandLanguage
import Tracking

extension Command<ShellContext> {
  static var trackCSV: ShellCommand {
    ShellCommand(
      "track csv", "Logs runs in one file of comma-separated values.", category: .session,
      searchWords: ["CSVLogger"], parameters: [TrackParameters.file, TrackParameters.only],
      effects: [.writesNamed],
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
