import CommandLanguage

extension Command<ShellContext> {
  static var get: ShellCommand {
    ShellCommand(
      "get", "Shows the settings.", category: .session, effect: .looks, formats: .table,
      examples: [Example("get", "A row per setting.")], seeAlso: ["set"]
    ) { context, _ in context.settings() }
  }
}
