import CommandLanguage
import Datasets
import Foundation
import Learning
import PlainText
import Sessions

private enum Embedding: String, CaseIterable, Sendable {
  case data
  case none

  var summary: String {
    switch self {
    case .data: "the file carries the images too"
    case .none: "paths and digests only"
    }
  }
}

extension Command<ShellContext> {
  static var saveSession: ShellCommand {
    let file = Parameter.optionalPositional(
      "file", .path, "A file ending in .waymark (default: the one last saved to).")
    let embed = Parameter.optional(
      "embed", .choice(of: Embedding.self, \.summary),
      "Whether to put data sets into the file (default: as the last time).")
    let replace = Parameter.option(
      "replace", .flag, default: false,
      "Whether to replace a file that another session saved or changed.")
    return ShellCommand(
      "save session", "Saves all objects, runs, checkpoints, settings and the journal in one file.",
      category: .session, effect: .changes, searchWords: ["save"],
      parameters: [file, embed, replace], touches: [.writesNamed], repetition: .never,
      examples: [
        Example("save session day1.waymark", "'restore session day1.waymark' brings it back."),
        Example("save session day1.waymark embed=data", "With the images, for another machine."),
      ], seeAlso: ["restore session", "sessions", "replay"],
      discussion: """
        Data sets are saved by reference: path, size and digest; with embed=data the images \
        themselves. The file is an SQLite database: its tables runs, tasks and epochs hold the \
        figures. It is written whole or not at all, and never over one that another Waymark uses. \
        The prompt asks before it replaces another session's file; a script has to say replace=on.
        """
    ) { context, arguments in
      guard let path = arguments[file] ?? context.workspace.file?.path else {
        throw FileProblem.noneNamed
      }
      try context.checkCanWrite(path, named: file)
      if context.record.verification != nil { return .nothing }
      if let embed = arguments[embed] {
        context.session.embedded = embed == .data ? Set(context.session.names(of: .data)) : []
      }
      try context.saveSession(to: path, replaces: arguments[replace])
      var output = CommandOutput(
        "saved \(counted(context.session.names.count, "object")) to \(path)")
      let embedded = context.session.embedded.sorted().joined(with: "and")
      if !embedded.isEmpty { output.notes = ["with the images of \(embedded)"] }
      output.notes += context.session.names.compactMap { name in
        guard case .tasks(let tasks)? = context.session[name] else { return nil }
        return context.misfitNote(name, tasks).map {
          "\($0); without that, 'restore session' cannot bring it back"
        }
      }
      return output
    }
  }
}
