import CommandLanguage
import Tracking

/// What the commands that begin a log are told.
private enum TrackParameters {
  static let folder = Parameter.positional(
    "folder", .path, "The folder that gets a folder for every run; made if it is not there.")
  static let file = Parameter.positional(
    "file", .path, "The file; continued if it is such a log already.")
  static let only = Parameter.optional(
    "only", .list(of: .name), "The names of the runs that are meant; else all.")
  static let discussion = """
    Runs are written from the moment they are taken up: one that did something before is written \
    down from its beginning. What is on disk is complete up to the last task even when the \
    program is killed. A log that cannot be written says so once, and the training goes on. \
    'track off' ends all logs.
    """
}

extension Command<ShellContext> {
  static var track: ShellCommand {
    ShellCommand(
      "track", "Lists the logs that runs are written to.", category: .session,
      formats: ["csv", "json", "md", "txt"],
      examples: [Example("track", "A row per log.")],
      seeAlso: ["track tensorboard", "track wandb", "track csv", "track off"]
    ) { context, _ in
      let tracking = context.tracking
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

  static var trackWandB: ShellCommand {
    let project = Parameter.option(
      "project", .text, default: "waymark", "The project that the runs belong to.")
    let name = Parameter.optional(
      "name", .text, "What the run is called there; else as in the session.")
    return ShellCommand(
      "track wandb", "Logs runs as Weights & Biases does offline.", category: .session,
      searchWords: ["wandb.init", "wandb"],
      parameters: [TrackParameters.folder, project, name, TrackParameters.only],
      effects: [.writesNamed],
      examples: [
        Example("track wandb wandb project=GTSRB-CIL", "Then: wandb leet, wandb sync."),
        Example("track wandb wandb project=GTSRB-CIL name='Fine tuning' only=[ft]", "One run."),
      ],
      seeAlso: ["track", "track tensorboard", "track off", "export"],
      discussion: TrackParameters.discussion + """

        Every run becomes a directory offline-run-DATE_TIME-ID, which 'wandb leet DIR' shows and \
        'wandb sync DIR' uploads; Waymark itself sends nothing anywhere. Metrics are named as in \
        the notebook: train/train_loss after every batch, train/train_accuracy after every epoch, \
        incremental_accuracy over the step metric task.
        """
    ) { context, arguments in
      try context.track(
        .wandb(project: arguments[project], name: arguments[name]), TrackParameters.folder,
        arguments)
    }
  }

  static var trackTensorBoard: ShellCommand {
    ShellCommand(
      "track tensorboard", "Logs runs as event files for TensorBoard.", category: .session,
      searchWords: ["SummaryWriter", "tensorboard"],
      parameters: [TrackParameters.folder, TrackParameters.only],
      effects: [.writesNamed],
      examples: [Example("track tensorboard logs", "Then: tensorboard --logdir logs.")],
      seeAlso: ["track", "track wandb", "track off", "export"],
      discussion: TrackParameters.discussion + """

        Accuracies after a task have the task as their step, everything else the number of \
        training steps. TensorBoard keeps 32-bit numbers.
        """
    ) { context, arguments in
      try context.track(.tensorboard, TrackParameters.folder, arguments)
    }
  }

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

  static var trackJSONL: ShellCommand {
    ShellCommand(
      "track jsonl", "Logs runs in one file, a JSON object a line.", category: .session,
      parameters: [TrackParameters.file, TrackParameters.only],
      effects: [.writesNamed],
      examples: [Example("track jsonl runs.jsonl", "Configuration, rows, summary.")],
      seeAlso: ["track", "track csv", "track off", "export"],
      discussion: TrackParameters.discussion
    ) { context, arguments in
      try context.track(.jsonl, TrackParameters.file, arguments)
    }
  }

  static var trackOff: ShellCommand {
    ShellCommand(
      "track off", "Ends all logs.", category: .session, searchWords: ["wandb.finish"],
      examples: [Example("track off", "Later runs are not logged.")], seeAlso: ["track"]
    ) { context, _ in
      let count = context.tracking.targets.count
      context.tracking.stop()
      return CommandOutput(
        count == 0 ? "nothing was logged" : "\(counted(count, "log")) ended")
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

extension ShellContext {
  fileprivate mutating func track(
    _ form: Tracking.Target.Form, _ parameter: Parameter<String>, _ arguments: Arguments
  ) throws -> CommandOutput {
    let path = arguments[parameter]
    try checkCanWrite(path, named: parameter, isFolder: [String].folders.contains(form.word))
    try tracking.add(.init(form, path: path, runs: arguments[TrackParameters.only] ?? []))
    return CommandOutput("runs are logged in \(path)")
  }

  /// Says what logs could not be written.
  func complain(_ failures: [LogError]) {
    for failure in failures {
      let message = "a log cannot be written: \(failure.message); the training goes on without it"
      StandardStreams.tell(
        printsJSON
          ? "{\"note\":\(quoted(message))}\n"
          : TerminalInfo.messages.laidOut("note: \(message.withoutControls)") + "\n")
    }
  }
}
