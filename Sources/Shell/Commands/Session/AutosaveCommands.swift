import CommandLanguage
import Files
import Foundation
import Sessions

extension Command<ShellContext> {
  static var restoreAutosave: ShellCommand {
    let number = Parameter.positional(
      "n", .integer(1...1000), default: 1, "Which, if several were found: 1 is the newest.")
    return ShellCommand(
      "restore autosave", "Brings back a session that did not come to its end.",
      category: .session, searchWords: ["recover", "autosave"], parameters: [number],
      isDestructive: true, bringsObjects: true, effects: [.keepsImages, .removesCopies],
      repetition: .never,
      examples: [Example("restore autosave", "In place of what is live.")],
      seeAlso: ["save session", "restore session", "drop autosave"],
      discussion: """
        While a session is worked on, a copy is written after every task and every 30 seconds, in \
        the folder for such things (XDG_STATE_HOME). It is removed when the session ends. What a \
        crash or a power failure left is announced at the next start, and restored by this command \
        only. The copy is kept until the session is saved; of many, the newest 20.
        """
    ) { context, arguments in
      let found = try context.foundAutosave(arguments[number])
      let output = try context.restore(from: found.path, only: nil, arguments)
      context.autosaving.isKept = true
      context.autosaving.savedRevision = -1
      if let file = context.autosaving.file {
        // Only when it is in a file of this process is the other one given up.
        try file.saveAndWait(context.session)
        try Autosave.remove(found)
      }
      return output
    }
  }

  static var dropAutosave: ShellCommand {
    let number = Parameter.positional(
      "n", .integer(1...1000), default: 1, "Which, if several were found: 1 is the newest.")
    let all = Parameter.option("all", .flag, default: false, "Forgets every one of them.")
    return ShellCommand(
      "drop autosave", "Forgets a session that did not come to its end.", category: .session,
      parameters: [number, all], isDestructive: true, effects: [.removesCopies],
      repetition: .never,
      examples: [Example("drop autosave", "It is not announced any more.")],
      seeAlso: ["restore autosave"]
    ) { context, arguments in
      guard context.permissions == .everything else {
        throw Failure("--safe: copies outside the working directory are not removed")
      }
      guard !arguments[all] else {
        guard arguments[number] == 1 else {
          throw Failure("all=on forgets every one: leave out the number", parameter: "n")
        }
        _ = try context.foundAutosave(1)
        let every = Autosave.found(in: context.autosaving.folder)
        try every.forEach { try Autosave.remove($0) }
        return CommandOutput("forgot \(counted(every.count, "session"))")
      }
      let found = try context.foundAutosave(arguments[number])
      try Autosave.remove(found)
      return CommandOutput("forgot the session \(found.summary)")
    }
  }
}

extension ShellContext {
  fileprivate func foundAutosave(_ number: Int) throws -> Autosave.Found {
    let found = Autosave.found(in: autosaving.folder)
    guard !found.isEmpty else {
      throw Failure("there is no session that did not come to its end", help: "sessions")
    }
    guard number <= found.count else {
      throw Failure("there are only \(found.count)", parameter: "n")
    }
    return found[number - 1]
  }
}
