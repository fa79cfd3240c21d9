import CommandLanguage
import PlainText
import Tracking

extension Command<ShellContext> {
  static var trackOff: ShellCommand {
    ShellCommand(
      "track off", "Ends all logs.", category: .session, effect: .changes,
      searchWords: ["wandb.finish"],
      examples: [Example("track off", "Later runs are not logged.")], seeAlso: ["track"]
    ) { context, _ in
      let count = context.training.tracking.targets.count
      context.training.tracking.stop()
      return CommandOutput(count == 0 ? "nothing was logged" : "\(counted(count, "log")) ended")
    }
  }
}
