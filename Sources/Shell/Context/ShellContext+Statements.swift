import CommandLanguage
import Foundation
import Sessions

extension ShellContext {
  /// Looks at a command that was checked, before it runs: may it make its result?
  func admit(_ command: CheckedCommand<ShellContext>) throws(LanguageError) {
    let arguments = command.arguments
    guard let name = arguments.resultName, let object = session[name], !arguments.replaces else {
      return
    }
    if isInteractive, confirm("'\(name)' is \(object.objectKind.phrase) already. Replace it?") {
      return
    }
    throw failure(
      Failure(
        "'\(name)' is \(object.objectKind.phrase) already",
        help: "choose another name after 'as', or add replace=on"), of: command)
  }

  /// An error of a command's body or of its output, with its place.
  func failure(_ error: any Error, of command: CheckedCommand<ShellContext>) -> LanguageError {
    var failure = error as? Failure ?? describe(error)
    if failure.help == nil { failure.help = "help \(command.command.verb)" }
    let arguments = command.arguments
    let span =
      failure.parameter.map { arguments.span(of: $0) } ?? arguments.output?.span
      ?? arguments.span(of: "")
    return LanguageError(.failed(failure), at: span, in: arguments.source)
  }

  /// Asks a person; Ctrl-C and the end of the input are a no.
  func confirm(_ question: String) -> Bool { answer(to: question) ?? false }

  /// Asks a person, yes or no, until the answer is one of them, as a line that was typed ahead is not;
  /// nil for Ctrl-C and the end of the input.
  func answer(to question: String) -> Bool? {
    print("\(question.withoutControls) [y/N] ", terminator: "")
    while true {
      fflush(nil)
      guard let typed = Answer.typed() else {
        print("")
        return nil
      }
      let answer = typed.trimmingCharacters(in: .whitespaces)
      switch answer.lowercased() {
      case "y", "yes": return true
      case "n", "no", "": return false
      default:
        print(
          "'\(answer.withoutControls)' is no answer, and not carried out: y or n? ", terminator: "")
      }
    }
  }
}
