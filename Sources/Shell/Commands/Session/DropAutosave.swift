import CommandLanguage
import PlainText
import Sessions
import System

extension Command<ShellContext> {
  static var dropAutosave: ShellCommand {
    let number = Parameter.positional(
      "n", .integer(1...1000), default: 1, "Which, if several were found: 1 is the newest.")
    let all = Parameter.option("all", .flag, default: false, "Forgets every one of them.")
    return ShellCommand(
      "drop autosave", "Deletes the copy of a session that ended unexpectedly.", category: .session,
      effect: .destroys, parameters: [number, all], touches: [.removesCopies], repetition: .never,
      examples: [Example("drop autosave", "It is not announced any more.")],
      seeAlso: ["restore autosave"]
    ) { context, arguments in
      guard context.safety.permissions == .everything else { throw SessionProblem.safeCopies }
      guard !arguments[all] else {
        guard arguments[number] == 1 else { throw SessionProblem.allAndOne }
        _ = try context.foundAutosave(1)
        let every = Autosave.found(in: context.safety.autosaving.folder)
        try every.forEach { try Autosave.remove($0) }
        return CommandOutput("forgot \(counted(every.count, "session"))")
      }
      let found = try context.foundAutosave(arguments[number])
      try Autosave.remove(found)
      return CommandOutput("deleted the copy of the session \(found.summary)")
    }
  }
}
