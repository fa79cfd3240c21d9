import CommandLanguage
import Tracking

extension Command<ShellContext> {
  static var trackTensorBoard: ShellCommand {
    ShellCommand(
      "track tensorboard", "Logs runs as event files for TensorBoard.", category: .session,
      effect: .changes, searchWords: ["SummaryWriter", "tensorboard"],
      parameters: [TrackParameters.folder, TrackParameters.only], touches: [.writesNamed],
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
}
