import CommandLanguage
import PlainText

extension Command<ShellContext> {
  static var print: ShellCommand {
    let words = Parameter.words("words", "What to print; \"…\" with $name inside is filled in.")
    return ShellCommand(
      "print", "Prints a text.", category: .session, effect: .says, searchWords: ["echo"],
      parameters: [words], examples: [Example("print \"Section 2: images\"", "As it stands.")]
    ) { _, arguments in
      CommandOutput(arguments[words].map(\.shown).joined(separator: " ").withoutControls)
    }
  }
}
