import CommandLanguage
import Datasets
import Foundation
import Learning
import Sessions

extension Command<ShellContext> {
  static var saveSession: ShellCommand {
    let file = Parameter.positional("file", .path, "The session's file, ending in .waymark.")
    return ShellCommand(
      "save session", "Saves all objects, runs, settings and the journal in one file.",
      category: .session, searchWords: ["save"], parameters: [file],
      examples: [
        Example("save session day1.waymark", "'restore session day1.waymark' brings it back.")
      ],
      seeAlso: ["restore session", "sessions"],
      discussion: """
        Data sets are saved by reference: path, size and digest. The file is an SQLite database: \
        its tables runs, tasks and epochs hold the figures.
        """
    ) { context, arguments in
      try context.checkMayWrite(arguments[file])
      try SessionFile.save(
        context.session, to: arguments[file], program: Program.version)
      return CommandOutput(
        "saved \(counted(context.session.names.count, "object")) to \(arguments[file])")
    }
  }

  static var restoreSession: ShellCommand {
    let file = Parameter.positional("file", .path, "The session's file.")
    let only = Parameter.optional(
      "only", .list(of: .name), "These objects alone, beside what is live.")
    return ShellCommand(
      "restore session", "Brings back a saved session, to the bit.", category: .session,
      searchWords: ["restore"], parameters: [file, only], isDestructive: true, bringsObjects: true,
      examples: [
        Example("restore session day1.waymark", "In place of what is live."),
        Example("restore session day1.waymark only=[kd]", "One run, beside what is live."),
      ],
      seeAlso: ["save session", "sessions"]
    ) { context, arguments in
      let (session, report) = try SessionFile.restore(
        from: arguments[file], only: arguments[only].map { Set($0) }
      ) { try context.loadSaved($0) }
      if arguments[only] == nil {
        context.apply(session.settings)
        context.session = session
        context.currentRun = session.names.last { name in
          if case .run(let run)? = session[name] { return !run.run.isFinished }
          return false
        }
      } else {
        for name in session.names {
          guard context.session[name] == nil || arguments.replaces else {
            throw arguments.failure(
              at: only, "'\(name)' is live already; add replace=on to replace it")
          }
        }
        for name in session.names {
          if let object = session[name] { context.session.set(name, to: object) }
        }
      }
      var output = CommandOutput("restored \(counted(session.names.count, "object"))")
      output.lines += session.names.map { "  " + context.described($0) }
      output.notes = report.notes.map(\.message)
      return output
    }
  }

  static var sessions: ShellCommand {
    let folder = Parameter.positional("folder", .path, default: ".", "Where to look.")
    return ShellCommand(
      "sessions", "Lists the session files in a folder and what is in them.",
      category: .session, parameters: [folder], formats: .table,
      examples: [Example("sessions", "A row per file here.")], seeAlso: ["restore session"]
    ) { _, arguments in
      let folder = arguments[folder]
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
        $0.hasSuffix(".waymark")
      }.sorted()
      let rows = files.map { file -> [Table.Cell] in
        let listing: SessionListing
        do throws(SessionFileError) {
          listing = try SessionFile.contents(of: folder + "/" + file)
        } catch {
          return [.text(file), .missing, .text(error.message)]
        }
        let names = listing.items.map { item in
          item.run.map { "\(item.name) \($0.tasksDone)/\($0.tasks)" } ?? item.name
        }
        return [
          .text(file), listing.saved.map { .text(timeText($0)) } ?? .missing,
          .text(names.joined(separator: ", ")),
        ]
      }
      return CommandOutput(
        table: Table(["file", "saved", "contents"], rows: rows),
        notes: rows.isEmpty ? ["no session files in \(folder)"] : [])
    }
  }
}

extension ShellContext {
  /// Loads a saved session's data; Ctrl-C ends the restore rather than this data set alone.
  mutating func loadSaved(_ source: DataSource) throws -> DataSet {
    do {
      return try loadData(source)
    } catch {
      if isInterrupted() { throw CancellationError() }
      throw error
    }
  }
}

/// `2026-03-01 14:02`, local time.
private func timeText(_ seconds: Double) -> String {
  var time = time_t(max(0, min(seconds, 4e9)))
  var parts = tm()
  localtime_r(&time, &parts)
  var text = [CChar](repeating: 0, count: 32)
  let length = strftime(&text, text.count, "%Y-%m-%d %H:%M", &parts)
  return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
