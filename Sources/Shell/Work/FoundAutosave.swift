import CommandLanguage
import Sessions

extension ShellContext {
  func foundAutosave(_ number: Int) throws -> Autosave.Found {
    let found = Autosave.found(in: safety.autosaving.folder)
    guard !found.isEmpty else {
      throw Failure("there is no copy of an unfinished session", help: "sessions")
    }
    guard number <= found.count else {
      throw Failure(
        "only \(found.count) \(found.count == 1 ? "was" : "were") found", parameter: "n")
    }
    return found[number - 1]
  }
}
