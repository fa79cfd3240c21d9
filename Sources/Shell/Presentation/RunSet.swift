import CommandLanguage
import Learning
import Metrics
import PlainText
import Sessions

/// What a row of a table or a curve stands for: a run, or runs of several seeds.
struct RunSet {
  var name: String
  /// At least one.
  var runs: [(name: String, run: Run)]

  /// A figure over the runs that have it: as it is of one run, else with its spread.
  static func cell(_ figures: [Double?], decimals: Int = 2) -> Table.Cell {
    guard let spread = Spread(figures.compactMap(\.self)) else { return .missing }
    return figures.count == 1
      ? .number(spread.mean, decimals: decimals) : .spread(spread, decimals: decimals)
  }
}

extension ShellContext {
  /// The runs that are meant: those named, or all that have been evaluated.
  ///
  /// - Parameter each: Runs of several seeds one by one.
  func runSets(_ references: [ObjectReference]?, each: Bool = false) throws -> [RunSet] {
    let sets = try references.map { try $0.map { try runSet($0.name) } } ?? evaluatedRunSets()
    guard !sets.isEmpty else {
      throw session.names(of: .run).isEmpty ? RunProblem.noRun : .noMetrics
    }
    return each ? sets.flatMap { $0.runs.map { RunSet(name: $0.name, runs: [$0]) } } : sets
  }

  func runSet(_ name: String) throws -> RunSet {
    let members = session[name] == nil ? session.runs(of: name) : []
    return RunSet(
      name: name, runs: try (members.isEmpty ? [name] : members).map { ($0, try run($0).run) })
  }

  private func evaluatedRunSets() -> [RunSet] {
    var sets: [RunSet] = []
    for name in session.names {
      guard case .run(let object)? = session[name], !object.run.history.evaluations.isEmpty else {
        continue
      }
      let set = RunSet(name: object.group ?? name, runs: [(name, object.run)])
      let known = sets.firstIndex { $0.name == set.name }
      if object.group != nil, let known {
        sets[known].runs += set.runs
      } else {
        sets.append(set)
      }
    }
    return sets
  }
}

extension RunSet {
  /// Whether exemplars of old classes were drawn again from all of their images.
  private var redrawsMemory: Bool { runs.contains { $0.run.kept?.isRedrawn ?? false } }

  /// What is kept, with a star if more than that was drawn from.
  func memoryCell(_ figures: [Double?]) -> Table.Cell {
    let cell = Self.cell(figures, decimals: 0)
    return redrawsMemory && cell != .missing ? .starred(cell) : cell
  }

  /// What the star means.
  static func memoryNotes(_ sets: [RunSet]) -> [String] {
    let names = sets.filter(\.redrawsMemory).map(\.name)
    guard !names.isEmpty else { return [] }
    return [
      "* \(names.joined(with: "and")): exemplars of old classes are drawn again from all of their "
        + "images after every task, more than the memory holds; memory-from=kept draws from those kept"
    ]
  }
}
