import CommandLanguage
import Sessions

extension ShellContext {
  func foundAutosave(_ number: Int) throws -> Autosave.Found {
    let found = Autosave.found(in: safety.autosaving.folder)
    guard !found.isEmpty else { throw SessionProblem.noCopy }
    guard number <= found.count else { throw SessionProblem.tooFewCopies(count: found.count) }
    return found[number - 1]
  }
}
