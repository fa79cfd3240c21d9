import CommandLanguage

extension Command<ShellContext> {
  static var quit: ShellCommand {
    ShellCommand(
      "quit", "Ends the session.", category: .session, effect: .leaves,
      searchWords: ["exit", "q", "bye"], repetition: .never,
      examples: [Example("quit", "What was not saved is gone.")], seeAlso: ["save session"],
      discussion: "At a prompt it asks, once, if there are runs that no file holds; so does Ctrl-D."
    ) { context, _ in
      context.ends = context.mayLeave()
      return .nothing
    }
  }
}
