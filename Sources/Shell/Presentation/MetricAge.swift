import Learning
import PlainText
import Sessions

/// Of when a run's figures are: of its last test, at the end of a task, also while it learns on.
struct MetricAge: Encodable {
  /// From 1; 0 without a test.
  var afterTask: Int
  /// `kd@1.57`, as checkpoints are named.
  var standsAt: String
  /// Whether the run has learned nothing since.
  var current: Bool

  /// - Parameter name: Of the run, or of a checkpoint of it.
  init(_ name: String, _ run: Run) {
    afterTask = run.history.evaluations.count
    standsAt = run.checkpointName(name)
    current = !run.hasMovedOn
  }
}

extension Run {
  /// Whether it has learned since its last test, so that its figures are of an earlier state.
  var hasMovedOn: Bool {
    guard !isBetweenTasks, !history.evaluations.isEmpty else { return false }
    return history.evaluations.count <= position.task
      || history.steps > (history.evaluationSteps.last ?? history.stepsBeforeTask)
  }

  /// Where it stands.
  ///
  /// - Parameter name: Its own, or that of a checkpoint of it.
  func checkpointName(_ name: String) -> String { "\(name.prefix { $0 != "@" })\(place)" }

  /// For titles and legends, where the figures are of an earlier state: `, now in task 2`.
  var ageMark: String { hasMovedOn ? ", now in task \(position.task + 1)" : "" }
}

extension ShellContext {
  /// Of when the figures of a run are that has gone on since; nil if it has not.
  func ageNote(_ name: String, _ run: Run) -> String? {
    guard run.hasMovedOn else { return nil }
    return "\(name): these figures are from the test after task \(run.history.evaluations.count). "
      + "The run has trained further since: \(place(of: run))"
  }

  /// What is to be said of the figures of runs: of when they are, and what has become of what the
  /// runs were made from.
  func notes(on sets: [RunSet]) -> [String] {
    let runs = sets.flatMap(\.runs)
    return unevenNotes(sets) + runs.compactMap { ageNote($0.name, $0.run) }
      + staleNotes(runs.map(\.name))
  }

  func unevenNotes(_ sets: [RunSet]) -> [String] { sets.compactMap(unevenNote) }

  /// That the means over several seeds are over different tasks; nil if they are not.
  private func unevenNote(_ set: RunSet) -> String? {
    let tested = set.runs.map(\.run.history.evaluations.count)
    guard let most = tested.max(), tested.contains(where: { $0 < most }) else { return nil }
    return
      "\(set.name): its seeds have finished \(tested.map(String.init).joined(with: "and")) tasks, "
      + "so its means mix them; 'continue \(set.name)' goes on with all"
  }

  /// The same below their table, whose stars are explained first.
  func tableNotes(on sets: [RunSet]) -> [String] { RunSet.memoryNotes(sets) + notes(on: sets) }

  func notes(on name: String) -> [String] {
    guard case .run(let run)? = session[name] else { return [] }
    return notes(on: name, run.run)
  }

  /// - Parameter run: The one of that name, or one that is in no session.
  func notes(on name: String, _ run: Run) -> [String] {
    [ageNote(name, run)].compactMap(\.self) + staleNotes([name])
  }
}

extension Table {
  /// The column that says where a run stands that its figures are not of.
  static let place = "stands_at"

  /// With that column, if any of the runs, of each row, has gone on since its figures.
  func showing(_ runs: [[(name: String, run: Run)]]) -> Table {
    guard runs.joined().contains(where: \.run.hasMovedOn) else { return self }
    var table = self
    table.columns.append(Column("stands at", key: Table.place, short: "at"))
    for (index, runs) in zip(table.rows.indices, runs) {
      let places = runs.filter(\.run.hasMovedOn).map { $0.run.checkpointName($0.name) }
      table.rows[index].append(places.isEmpty ? .missing : .text(places.joined(separator: " ")))
    }
    return table
  }

  /// The same for a table of runs that stand for one.
  func showing(_ set: RunSet) -> Table { showing(rows.map { _ in set.runs }) }

  /// The same for a table of one run.
  func showing(_ name: String, _ run: Run) -> Table { showing(rows.map { _ in [(name, run)] }) }
}
