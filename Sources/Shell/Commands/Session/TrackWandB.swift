import CommandLanguage
import Tracking

extension Command<ShellContext> {
  static var trackWandB: ShellCommand {
    let project = Parameter.option(
      "project", .text, default: "waymark", "The project that the runs belong to.")
    let name = Parameter.optional(
      "name", .text, "The name of the run there (default: its name here).")
    return ShellCommand(
      "track wandb", "Logs runs as Weights & Biases does offline.", category: .session,
      effect: .changes, searchWords: ["wandb.init", "wandb"],
      parameters: [TrackParameters.folder, project, name, TrackParameters.only],
      touches: [.writesNamed],
      examples: [
        Example("track wandb wandb project=GTSRB-CIL", "Then: wandb leet, wandb sync."),
        Example("track wandb wandb project=GTSRB-CIL name='Fine tuning' only=[ft]", "One run."),
      ], seeAlso: ["track", "track tensorboard", "track off", "export"],
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
}
