import CommandLanguage
import Learning
import Sessions

/// The runs that files of the user's hold, and whether was asked about others.
struct HeldRuns {
  /// What a run follows from and how far it is: equal ones have equal bits.
  private struct State: Hashable {
    var setup: Run.Setup
    var place: Checkpoints.Place
    var steps: Int

    init(_ run: Run) {
      (setup, place, steps) = (run.setup, run.place, run.history.steps)
    }
  }

  private var states: Set<State> = []
  /// The session's revision when a person was asked.
  var askedAt: Int?

  /// Notes that a file holds a session's runs.
  mutating func add(_ session: Session) {
    for case .run(let run)? in session.names.map({ session[$0] }) { states.insert(State(run.run)) }
  }

  func holds(_ run: Run) -> Bool { run.history.steps == 0 || states.contains(State(run)) }
}

extension ShellContext {
  /// Notes the runs of a session that was just saved or restored.
  mutating func noteHeldRuns() {
    if session.revision == autosaving.savedRevision { heldRuns.add(session) }
  }

  /// Whether the session may end: a person is asked, once, about runs that no file holds. A second
  /// Ctrl-D is a yes; the end of a script asks nothing.
  mutating func mayLeave() -> Bool {
    guard heldRuns.askedAt != session.revision, let lost = lostRuns else { return true }
    heldRuns.askedAt = session.revision
    return answer(to: "\(lost) Quit all the same?") ?? !isInterrupted()
  }

  /// Asks a person whether a session that is restored may take the place of runs that no file holds.
  func askBeforeReplacing() throws {
    guard let lost = lostRuns, !confirm("\(lost) Restore all the same?") else { return }
    throw Failure("nothing was restored")
  }

  /// What would be lost if what is live went, in a sentence; nil if nothing would, or if nobody is
  /// there to be asked.
  private var lostRuns: String? {
    guard isInteractive, depth == 0 else { return nil }
    let lost = session.names.filter { name in
      if case .run(let run)? = session[name] { return !heldRuns.holds(run.run) }
      return false
    }
    guard let first = lost.first else { return nil }
    let what =
      lost.count == 1
      ? "'\(first)' is" : "'\(first)' and \(counted(lost.count - 1, "other run")) are"
    return "\(what) in no file as \(lost.count == 1 ? "it is" : "they are") now: "
      + "'save session FILE' would keep \(lost.count == 1 ? "it" : "them")."
  }
}
