import CommandLanguage
import Foundation
import Learning
import Sessions
import System

/// The copies of a session that are made while it is worked on.
struct Autosaving {
  /// Nil where none are made.
  var file: Autosave?
  /// Where copies are, and those of others.
  var folder = Folders.state + "/autosave"
  /// When the last copy was made, or the session was saved.
  var last = ContinuousClock.now
  /// The session's revision when it was last saved by the user.
  var savedRevision = 0
  /// What was restored from a copy stays one until it is saved.
  var isKept = false

  /// Work that may be lost at most, besides the task under way.
  static let interval = Duration.seconds(30)

  var isDue: Bool { file != nil && ContinuousClock.now - last >= Self.interval }

  /// Notes that a file of the user's has the session as it is.
  mutating func noteSaved(_ session: Session) {
    (savedRevision, isKept, last) = (session.revision, false, .now)
  }

  /// Copies a session in the background, with a run as it is now.
  ///
  /// - Parameter scripted: Commands that the journal does not have yet.
  mutating func copy(
    _ session: Session, with run: RunOnData? = nil, named name: String = "",
    _ scripted: [String] = []
  ) {
    guard let file else { return }
    var copy = session
    if let run { copy.set(name, to: .run(run)) }
    let time = Date().timeIntervalSince1970
    copy.journal += scripted.map { JournalEntry(command: $0, time: time, seconds: 0) }
    copy.machine = ShellContext.machine
    file.save(copy)
    last = .now
  }
}

extension ShellContext {
  /// Copies the session after a command that changed it and took a second, or if a copy is due.
  mutating func autosave(afterWorking seconds: Double, since earlier: Session) {
    guard safety.autosaving.file != nil, session.revision != earlier.revision else { return }
    guard seconds >= 1 || safety.autosaving.isDue,
      session.revision != safety.autosaving.savedRevision
    else {
      return
    }
    safety.autosaving.copy(session)
  }

  /// Whether there is something that no file of the user's has.
  var hasUnsavedWork: Bool {
    !session.names.isEmpty && session.revision != safety.autosaving.savedRevision
  }

  /// What is kept of a session when it ends.
  enum Keeping {
    case nothing
    /// If a run was trained or something took long.
    case work
    case all
  }

  /// Ends the copies with the session: they are removed, or kept if the end was not a good one.
  ///
  /// - Returns: What to tell about a copy that is kept.
  mutating func endAutosaving(_ keeping: Keeping) -> String? {
    guard let file = safety.autosaving.file else { return nil }
    file.wait()
    let isKept =
      switch keeping {
      case .nothing: false
      case .work: file.exists || hasTrained
      case .all: true
      }
    guard hasUnsavedWork, isKept || safety.autosaving.isKept else {
      file.remove()
      return nil
    }
    session.machine = Self.machine
    do throws(SessionFileError) {
      try file.saveAndWait(session)
    } catch {
      return "the session could not be kept: \(error.message)"
    }
    file.forgetWhatLeads(to: session)
    file.leave()
    return isKept
      ? "unsaved work is kept: 'restore autosave' recovers it in another session" : nil
  }

  private var hasTrained: Bool {
    session.names.contains { name in
      if case .run(let run)? = session[name] { return run.run.history.steps > 0 }
      return false
    }
  }
}
