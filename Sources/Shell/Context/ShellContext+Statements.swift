import CommandLanguage
import Foundation
import PlainText
import Sessions

extension ShellContext {
  /// Looks at a command that was checked, before it runs: can its file be written, and may it make its
  /// result? A person is asked about that later (`askAboutReplacing`).
  mutating func admit(_ command: CheckedCommand<ShellContext>) throws(LanguageError) {
    let arguments = command.arguments
    safety.toBeReplaced = nil
    do {
      if let target = arguments.output, record.verification == nil {
        let form = arguments.format ?? target.ending
        try checkCanWrite(target.path, isFolder: [String].folders.contains(form))
      }
      guard let name = arguments.resultName, let object = session[name], !arguments.replaces else {
        return
      }
      guard console.isInteractive else {
        throw SessionProblem.taken(name: name, kind: object.objectKind)
      }
      safety.toBeReplaced = name
    } catch {
      throw command.located(error, in: self, at: Failure.output)
    }
  }

  /// Asks a person, once, whether the object of that name may be replaced: when nothing else can be
  /// wrong with the command, and before long work. A command that has not asked by then is asked
  /// about when its body has ended.
  mutating func askAboutReplacing() throws {
    guard let name = safety.toBeReplaced, let kind = kind(of: name) else { return }
    safety.toBeReplaced = nil
    guard confirm("'\(name)' is \(kind.phrase) already. Replace it?") else {
      throw SessionProblem.kept(name: name)
    }
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
    print(console.terminal.laidOut("\(question.withoutControls) [y/N]"), terminator: " ")
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
        let notice = "'\(answer.withoutControls)' is not an answer, and was skipped"
        others += 1
        if others == Self.otherAnswers {
          print(console.terminal.laidOut("\(notice); after \(others) such lines it is a no"))
          return false
        }
        print(console.terminal.laidOut("\(notice): y or n?"), terminator: " ")
      }
    }
  }
}
