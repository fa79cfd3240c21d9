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

  /// How many answers that are neither yes nor no mean no.
  private static let otherAnswers = 3

  /// Asks a person; Ctrl-C and the end of the input are a no.
  func confirm(_ question: String) -> Bool { answer(to: question) ?? false }

  /// Asks a person, yes or no; nil for Ctrl-C and the end of the input.
  ///
  /// Other answers are lines that were typed ahead or pasted: after three of them it is a no, so that
  /// the rest is carried out.
  func answer(to question: String) -> Bool? {
    print("\(question.withoutControls) [y/N] ", terminator: "")
    var others = 0
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
        let notice = "'\(answer.withoutControls)' is no answer, and not carried out"
        others += 1
        if others == Self.otherAnswers {
          print("\(notice); after \(others) such lines it is a no")
          return false
        }
        print("\(notice): y or n? ", terminator: "")
      }
    }
  }
}
