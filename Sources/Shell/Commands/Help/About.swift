import CommandLanguage

extension Command<ShellContext> {
  static var version: ShellCommand {
    ShellCommand(
      "about", "Prints the program's version.", category: .help, effect: .leaves,
      examples: [Example("about", "Name and version.")], seeAlso: ["status"]
    ) { _, _ in CommandOutput("Waymark \(Program.version)") }
  }
}
