import CommandLanguage
import Learning
import Sessions

/// The runs that the user's files hold, and when the user was asked about others.
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
    if session.revision == safety.autosaving.savedRevision { safety.heldRuns.add(session) }
  }

  /// Whether the session may end: a person is asked, once, about runs that no file holds. A second
  /// Ctrl-D is a yes; the end of a script asks nothing.
  mutating func mayLeave() -> Bool {
    guard safety.heldRuns.askedAt != session.revision, let lost = lostRuns else { return true }
    safety.heldRuns.askedAt = session.revision
    let mayEnd = answer(to: "\(lost.sentence) Quit?") ?? !training.isInterrupted()
    if !mayEnd {
      let advice = "\(SessionProblem.keepingAdvice)\na second 'quit' asks nothing"
      print(console.terminal.laidOut(advice))
    }
    return mayEnd
  }

  /// Asks a person whether a session that is restored may take the place of runs that no file holds.
  func askAboutLosing() throws {
    guard let lost = lostRuns, !confirm("\(lost.sentence) Replace \(lost.pronoun)?") else { return }
    throw SessionProblem.nothingRestored
  }

  /// What would be lost if what is live went; nil if nothing would, or if nobody is there to be asked.
  ///
  /// The sentence and a short question fit into a line of 40 columns, but for long names.
  private var lostRuns: (sentence: String, pronoun: String)? {
    guard console.isInteractive, depth == 0 else { return nil }
    let lost = session.names.filter { name in
      if case .run(let run)? = session[name] { return !safety.heldRuns.holds(run.run) }
      return false
    }
    guard let first = lost.first else { return nil }
    return lost.count == 1
      ? ("'\(first)' is unsaved.", "it") : ("\(lost.count) runs are unsaved.", "them")
  }
}
