import CommandLanguage
import Datasets
import Foundation
import Learning
import Sentences
import Sessions

extension Command<ShellContext> {
  static var saveSession: ShellCommand {
    let file = Parameter.optionalPositional(
      "file", .path, "The session's file, ending in .waymark; else the one it was last saved to.")
    let embed = Parameter.optional(
      "embed",
      .choice([
        .init("data", "the file carries the images too"), .init("none", "paths and digests only"),
      ]), "Whether data sets go into the file; else as the last time.")
    let replace = Parameter.option(
      "replace", .flag, default: false,
      "Whether a file is replaced that another session saved or changed.")
    return ShellCommand(
      "save session", "Saves all objects, runs, checkpoints, settings and the journal in one file.",
      category: .session, searchWords: ["save"], parameters: [file, embed, replace],
      effects: [.writesNamed], repetition: .never,
      examples: [
        Example("save session day1.waymark", "'restore session day1.waymark' brings it back."),
        Example("save session day1.waymark embed=data", "With the images, for another machine."),
      ],
      seeAlso: ["restore session", "sessions", "replay"],
      discussion: """
        Data sets are saved by reference: path, size and digest; with embed=data the images \
        themselves. The file is an SQLite database: its tables runs, tasks and epochs hold the \
        figures. It is written whole or not at all, and never over one that another Waymark uses. \
        The prompt asks before it replaces another session's file; a script has to say replace=on.
        """
    ) { context, arguments in
      guard let path = arguments[file] ?? context.sessionFile?.path else {
        throw arguments.failure(at: file, "name a file, such as day1.waymark")
      }
      try context.checkCanWrite(path, named: file)
      if context.verification != nil { return .nothing }
      if let embed = arguments[embed] {
        context.session.embedded =
          embed == "data" ? Set(context.session.names(of: .data)) : []
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

  static var restoreSession: ShellCommand {
    let file = Parameter.positional("file", .path, "The session's file.")
    let only = Parameter.optional(
      "only", .list(of: .name), "These objects alone, beside what is live.")
    let replace = Parameter.option(
      "replace", .flag, default: false, "With only=: whether live objects are replaced.")
    return ShellCommand(
      "restore session", "Brings back a saved session, to the bit.", category: .session,
      searchWords: ["restore"], parameters: [file, only, replace], isDestructive: true,
      bringsObjects: true, effects: [.keepsImages], repetition: .ifGiven("only"),
      examples: [
        Example("restore session day1.waymark", "In place of what is live."),
        Example("restore session day1.waymark only=[kd]", "One run, beside what is live."),
      ],
      seeAlso: ["save session", "restore autosave", "sessions"]
    ) { context, arguments in
      let path = arguments[file]
      let names = arguments[only]
      guard names == nil else {
        return try context.restore(
          from: path, only: names, arguments, replaces: arguments[replace])
      }
      let (use, note) = context.use(path)
      var output = try context.restore(from: path, only: nil, arguments)
      if let note { output.notes.append(note) }
      context.sessionFile = use
      context.autosaving.savedRevision = context.session.revision
      context.autosaving.isKept = false
      return output
    }
  }

  static var sessions: ShellCommand {
    let folder = Parameter.positional("folder", .path, default: ".", "Where to look.")
    return ShellCommand(
      "sessions", "Lists the session files in a folder and what is in them.",
      category: .session, parameters: [folder], formats: .table,
      repetition: .never, examples: [Example("sessions", "A row per file here.")],
      seeAlso: ["restore session", "restore autosave"]
    ) { context, arguments in
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
        return [
          .text(file), listing.saved.map { .text(timeText($0)) } ?? .missing,
          .text(listing.contents),
        ]
      }
      var notes = rows.isEmpty ? ["no session files in \(folder)"] : []
      for (number, found) in Autosave.found(in: context.autosaving.folder).enumerated() {
        notes.append("not ended: \(found.summary): 'restore autosave \(number + 1)'")
      }
      return CommandOutput(table: Table(["file", "saved", "contents"], rows: rows), notes: notes)
    }
  }
}

/// The file that a session was saved to or restored from.
struct SessionFileUse {
  var path: String
  /// Nil if another process has the file.
  var lock: SessionLock?
  /// The file as it was then.
  var stamp: FileStamp?
}

extension ShellContext {
  /// Saves the session; the file is its own from then on.
  mutating func saveSession(to path: String, replaces: Bool) throws {
    let replacement = try replacement(for: path, replaces: replaces)
    session.machine = Self.machine
    let isUrgent = isUrgent
    let lock = try SessionFile.save(
      session, to: path, program: Program.version, holding: sessionFile?.lock,
      replacing: replacement, isCancelled: isUrgent)
    sessionFile = SessionFileUse(path: path, lock: lock, stamp: FileStamp(path))
    autosaving.savedRevision = session.revision
    autosaving.isKept = false
    autosaving.last = .now
  }

  /// What may give way to the session: its own file as it knows it, or what a person says.
  private func replacement(for path: String, replaces: Bool) throws -> Replacement {
    if replaces || sessionFile?.lock?.holds(path) == true { return .anything }
    let stamp = FileStamp(path)
    let isOurs = sessionFile?.path == path
    guard isInteractive, let stamp else {
      return isOurs ? sessionFile?.stamp.map { .file($0) } ?? .nothing : .nothing
    }
    if isOurs, let known = sessionFile?.stamp, known != stamp {
      throw SessionFileError.changed(path: path)
    }
    // A yes must not be followed by an error that could be told before.
    try SessionFile.checkCanSave(to: path)
    guard confirm("'\(path)' is there already. Replace it?") else {
      throw Failure("'\(path)' is as it was", parameter: "file")
    }
    return .file(stamp)
  }

  /// Brings back a session in place of what is live, or some objects of it beside that.
  mutating func restore(
    from path: String, only: [String]?, _ arguments: Arguments, replaces: Bool = false
  ) throws -> CommandOutput {
    let (restored, report) = try SessionFile.restore(from: path, only: only.map { Set($0) }) {
      try loadSaved($0)
    }
    if only == nil {
      try askAboutLosing()
      apply(restored.settings)
      session = restored
      currentRun = restored.names.last { name in
        if case .run(let run)? = restored[name] { return !run.run.isFinished }
        return false
      }
    } else {
      for name in restored.names where session[name] != nil && !replaces {
        throw Failure(
          "'\(name)' is live already; add replace=on to replace it", parameter: "only")
      }
      for name in restored.names {
        guard let object = restored[name] else { continue }
        session.set(name, to: object)
        if restored.embedded.contains(name) { session.embedded.insert(name) }
      }
      heldRuns.add(restored)
    }
    var output = CommandOutput("restored \(counted(restored.names.count, "object"))")
    output.lines += restored.names.map { "  " + described($0) }
    output.notes = report.notes.map(\.message)
    return output
  }

  /// Takes a file for the session's own, before it is read: what is read is then what the lock or
  /// the stamp stands for.
  ///
  /// - Returns: A note if another process has the file.
  fileprivate func use(_ path: String) -> (use: SessionFileUse, note: String?) {
    // Before the lock: who has it may replace the file until it is ours.
    let stamp = FileStamp(path)
    if let use = sessionFile, use.lock?.holds(path) == true {
      return (SessionFileUse(path: path, lock: use.lock, stamp: stamp), nil)
    }
    do throws(SessionFileError) {
      let lock = try SessionLock(path)
      return (SessionFileUse(path: path, lock: lock, stamp: FileStamp(path)), nil)
    } catch .inUse(_, let process) {
      let who = process.map { " (process \($0))" } ?? ""
      return (
        SessionFileUse(path: path, lock: nil, stamp: stamp),
        "'\(path)' is in use by another Waymark\(who) too: save under another name"
      )
    } catch {
      // A file that cannot be locked can be restored all the same.
      return (SessionFileUse(path: path, lock: nil, stamp: stamp), nil)
    }
  }

  /// Loads a saved session's data, which may be live already; a second Ctrl-C ends the restore
  /// rather than this data set alone.
  mutating func loadSaved(_ source: DataSource) throws -> DataSet {
    for name in session.names {
      if case .data(let data)? = session[name], data.source == source { return data }
    }
    do {
      return try loadData(source)
    } catch {
      if isUrgent() { throw CancellationError() }
      throw error
    }
  }
}

extension SessionListing {
  /// The names of the objects, and how far the runs are.
  var contents: String {
    items.map { item in
      item.run.map { "\(item.name) \($0.tasksDone)/\($0.tasks)" } ?? item.name
    }.joined(separator: ", ")
  }
}
