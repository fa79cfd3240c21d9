import CommandLanguage
import Sessions

extension ShellContext {
  func foundAutosave(_ number: Int) throws -> Autosave.Found {
    let found = Autosave.found(in: safety.autosaving.folder)
    guard !found.isEmpty else {
      throw Failure("there is no unfinished session to recover", help: "sessions")
    }
    guard number <= found.count else {
      throw Failure("there are only \(found.count)", parameter: "n")
    }
    return found[number - 1]
  }
}
