import CommandLanguage
import Datasets
import Foundation
import Learning
import PlainText
import Sessions

extension ShellContext {
  /// Saves the session; the file is its own from then on.
  mutating func saveSession(to path: String, replaces: Bool) throws {
    let replacement = try replacement(for: path, replaces: replaces)
    session.machine = Self.machine
    let lock = try SessionFile.save(
      session, to: path, program: Program.version, holding: workspace.file?.lock,
      replacing: replacement, isCancelled: training.isUrgent)
    workspace.file = SessionFileUse(path: path, lock: lock, stamp: FileStamp(path))
    safety.autosaving.noteSaved(session)
  }

  /// What may give way to the session: its own file as it knows it, or what a person says.
  private func replacement(for path: String, replaces: Bool) throws -> Replacement {
    if replaces || workspace.file?.lock?.holds(path) == true { return .anything }
    let stamp = FileStamp(path)
    let isOurs = workspace.file?.path == path
    guard console.isInteractive, let stamp else {
      return isOurs ? workspace.file?.stamp.map { .file($0) } ?? .nothing : .nothing
    }
    if isOurs, let known = workspace.file?.stamp, known != stamp {
      throw SessionFileError.changed(path: path)
    }
    // A yes must not be followed by an error that could be told before.
    try SessionFile.checkCanSave(to: path)
    guard confirm("'\(path)' is there already. Replace it?") else {
      throw FileProblem.kept(path: path)
    }
    return .file(stamp)
  }

  /// Brings back a session in place of what is live, or some objects of it beside that.
  mutating func restore(
    from path: String, only: [String]? = nil, replaces: Bool = false
  ) throws -> CommandOutput {
    let (restored, report) = try SessionFile.restore(from: path, only: only.map { Set($0) }) {
      try loadSaved($0)
    }
    if only == nil {
      try askAboutLosing()
      apply(restored.settings)
      session = restored
      workspace.currentRun = restored.names.last { name in
        if case .run(let run)? = restored[name] { return !run.run.isFinished }
        return false
      }
    } else {
      for name in restored.names where session[name] != nil && !replaces {
        throw FileProblem.live(name: name)
      }
      for name in restored.names {
        guard let object = restored[name] else { continue }
        session.set(name, to: object)
        if restored.embedded.contains(name) { session.embedded.insert(name) }
      }
      safety.heldRuns.add(restored)
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
  func use(_ path: String) -> (use: SessionFileUse, note: String?) {
    // Before the lock: who has it may replace the file until it is ours.
    let stamp = FileStamp(path)
    if let use = workspace.file, use.lock?.holds(path) == true {
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
      if training.isUrgent() { throw CancellationError() }
      throw error
    }
  }
}
