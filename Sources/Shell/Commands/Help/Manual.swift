public import CommandLanguage
import Foundation

extension Command<ShellContext> {
  static var manual: ShellCommand {
    ShellCommand(
      "manual", "Prints the help on everything in one piece.", category: .help, effect: .leaves,
      formats: ["md", "json"],
      examples: [
        Example("manual > commands.md", "As a Markdown file."),
        Example("manual > words.json", "The words of the language, for editors."),
      ], seeAlso: ["help"]
    ) { _, _ in
      let registry = Registry<ShellContext>.waymark
      let manual = registry.handbook
      var output = CommandOutput(manual.trimmingCharacters(in: .newlines))
      output.document = manual
      output.record = Vocabulary(registry)
      return output
    }
  }
}

extension Registry<ShellContext> {
  /// `docs/commands.md`.
  public var handbook: String {
    """
    # Commands

    Written by `manual > docs/commands.md`, from the declarations that the program's help and its
    checks follow as well. KEY=VALUE arguments go in any order; *default* is what holds without one.

    \(manual)
    """
  }
}
