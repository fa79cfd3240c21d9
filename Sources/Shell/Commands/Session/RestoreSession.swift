import CommandLanguage
import Sessions

extension Command<ShellContext> {
  static var restoreSession: ShellCommand {
    let file = Parameter.positional("file", .path, "The session's file.")
    let only = Parameter.optional(
      "only", .list(of: .name), "Restore only these objects, and keep what is live.")
    let replace = Parameter.option(
      "replace", .flag, default: false, "With only=: whether live objects are replaced.")
    return ShellCommand(
      "restore session", "Restores a saved session, bit for bit.", category: .session,
      effect: .destroys, searchWords: ["restore"], parameters: [file, only, replace],
      bringsObjects: true, touches: [.keepsImages], repetition: .ifGiven("only"),
      examples: [
        Example("restore session day1.waymark", "In place of what is live."),
        Example("restore session day1.waymark only=[kd]", "One run, beside what is live."),
      ], seeAlso: ["save session", "restore autosave", "sessions"]
    ) { context, arguments in
      let path = arguments[file]
      if let names = arguments[only] {
        return try context.restore(from: path, only: names, replaces: arguments[replace])
      }
      let (use, note) = context.use(path)
      var output = try context.restore(from: path)
      if let note { output.notes.append(note) }
      context.workspace.file = use
      context.safety.autosaving.noteSaved(context.session)
      return output
    }
  }
}
