import CommandLanguage
import Sessions

extension Command<ShellContext> {
  static var restoreAutosave: ShellCommand {
    let number = Parameter.positional(
      "n", .integer(1...1000), default: 1, "Which, if several were found: 1 is the newest.")
    return ShellCommand(
      "restore autosave", "Recovers a session that ended unexpectedly.", category: .session,
      effect: .destroys, searchWords: ["recover", "autosave"], parameters: [number],
      bringsObjects: true, touches: [.keepsImages, .removesCopies], repetition: .never,
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
      let output = try context.restore(from: found.path)
      context.safety.autosaving.isKept = true
      context.safety.autosaving.savedRevision = -1
      if let file = context.safety.autosaving.file {
        // Only when it is in a file of this process is the other one given up.
        try file.saveAndWait(context.session)
        try Autosave.remove(found)
      }
      return output
    }
  }
}
