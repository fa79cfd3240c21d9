import CommandLanguage
import Foundation

/// What was typed at the prompt: statements, or `!` and a line for the system's shell.
struct TypedText {
  let text: String
  let isForSystem: Bool
  let script: Script

  init(_ text: String) {
    self.text = text
    let line = text.drop { $0.isWhitespace }
    // `!!` repeats a line in other shells.
    isForSystem = line.first == "!" && !line.hasPrefix("!!")
    guard isForSystem else {
      script = Script(text, name: "prompt")
      return
    }
    let command = line.dropFirst().trimmingCharacters(in: .whitespaces)
    script = Script(command.isEmpty ? "shell" : "shell \(TextExpression(command))", name: "prompt")
  }
}
