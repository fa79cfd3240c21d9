import CommandLanguage
import Datasets
import Learning
import Metrics
import PlainText
import Plotting
import Sessions

/// Runs of several seeds where a run may stand: their mean, or one after the other.
extension ShellContext {
  /// The runs that a name stands for: itself, or those that have it as their common name.
  func members(of reference: ObjectReference) -> [ObjectReference] {
    guard reference.kind == .runs else { return [reference] }
    return session.runs(of: reference.name).map {
      ObjectReference(name: $0, kind: .run, span: reference.span)
    }
  }

  /// Carries something out for every run that a name stands for, in the order of their seeds.
  ///
  /// - Parameter body: Of one run; the last one used if none is named.
  mutating func forEach(
    _ reference: ObjectReference?,
    _ body: (inout ShellContext, ObjectReference?) throws -> CommandOutput
  ) throws -> CommandOutput {
    guard let reference, reference.kind == .runs else { return try body(&self, reference) }
    var outputs: [(name: String, output: CommandOutput)] = []
    for member in members(of: reference) {
      outputs.append((member.name, try body(&self, member)))
    }
    return CommandOutput(joining: outputs)
  }

  /// Trains every unfinished run that a name stands for, one after the other. Where one is stopped, the
  /// others stay as they are.
  ///
  /// - Parameter command: What a script does in place of the training of one run that was not stopped.
  mutating func train(
    _ reference: ObjectReference, as command: (String) -> String,
    _ body: (inout ShellContext, String) throws -> CommandOutput
  ) throws -> CommandOutput {
    var outputs: [(name: String, output: CommandOutput)] = []
    var done: [String] = []
    for member in members(of: reference) where try !run(member.name).run.isFinished {
      var output = try body(&self, member.name)
      if let scripted = output.scripted {
        output.scripted = done + scripted
        outputs.append((member.name, output))
        var joined = CommandOutput(joining: outputs)
        joined.scripted = output.scripted
        joined.failure = output.failure
        return joined
      }
      outputs.append((member.name, output))
      done.append(command(member.name))
    }
    guard !outputs.isEmpty else { throw RunProblem.allFinished(group: reference.name) }
    return CommandOutput(joining: outputs)
  }

  /// What the runs of a group have in common where their tasks must be the same.
  ///
  /// - Throws: `RunProblem` if classes are dealt out otherwise.
  func sharedTasks(_ set: RunSet, at parameter: some AnyParameter) throws {
    guard set.runs.contains(where: { $0.run.tasks.tasks != set.runs[0].run.tasks.tasks }) else {
      return
    }
    throw RunProblem.otherTasks(
      group: set.name, members: set.runs.map(\.name), parameter: parameter.name)
  }

  /// Runs that have all been tested at least once.
  func evaluatedSet(_ name: String) throws -> RunSet {
    let set = try runSet(name)
    for run in set.runs where run.run.history.evaluations.isEmpty {
      throw RunProblem.untested(run: run.name)
    }
    return set
  }
}

extension RunSet {
  /// `wa (mean of 3 seeds)`, or the name alone.
  var title: String { runs.count > 1 ? "\(name) (mean of \(runs.count) seeds)" : name }

  /// For titles: where the figures are of an earlier state.
  var ageMark: String { runs.map(\.run.ageMark).max() ?? "" }

  /// `45.20`, of several runs with their deviation: `45.20 ± 2.10`.
  static func words(_ figures: [Double?], unit: String = "") -> String {
    guard let spread = Spread(figures.compactMap(\.self)) else { return "-" }
    let deviation = spread.standardDeviation.map { " ± " + fixed($0, 2) } ?? ""
    return fixed(spread.mean, 2) + deviation + unit
  }
}

extension CommandOutput {
  /// What a command gives of several runs, as one: lines, notes and pictures below each other, and one
  /// table with a column for the run.
  init(joining outputs: [(name: String, output: CommandOutput)]) {
    self.init()
    lines = outputs.flatMap(\.output.lines)
    let tables = outputs.compactMap { name, output in output.table.map { (name: name, table: $0) } }
    if !tables.isEmpty {
      var columns: [Table.Column] = []
      for column in tables.flatMap(\.table.columns)
      where !columns.contains(where: { $0.key == column.key }) {
        columns.append(column)
      }
      let rows = tables.flatMap { name, table in
        table.rows.map { row -> [Table.Cell] in
          [.text(name)]
            + columns.map { column in
              table.columns.firstIndex { $0.key == column.key }.map { table.cell(row, $0) }
                ?? .missing
            }
        }
      }
      table = Table(["run"] + columns, rows: rows)
    }
    func once(_ sentences: [String]) -> [String] {
      var said: Set<String> = []
      return sentences.filter { said.insert($0).inserted }
    }
    notes = once(outputs.flatMap(\.output.notes))
    warnings = once(outputs.flatMap(\.output.warnings))
    let records = outputs.compactMap { $0.output.record as? ResultRecord }
    if records.count == outputs.count { record = ["runs": records] as ResultRecord }
    let figures = outputs.compactMap(\.output.figure)
    guard !figures.isEmpty else { return }
    figure = .panels(
      Panels(
        rows: figures.flatMap { figure in
          if case .panels(let panels) = figure { panels.rows } else { [[Panels.Panel(figure)]] }
        }))
  }
}

extension LineChart.Series {
  /// The mean of several curves, point by point, with the standard deviation. Where one is interrupted, so
  /// is the mean; where not all have a point, it is of those that have.
  init(meanOf curves: [LineChart.Series], named name: String) {
    let gaps = Set(curves.flatMap { $0.points.filter { !$0.y.isFinite }.map(\.x) })
    var values: [Double: [Double]] = [:]
    for point in curves.flatMap(\.points) where point.y.isFinite {
      values[point.x, default: []].append(point.y)
    }
    let points = Set(values.keys).union(gaps).sorted().map { x in
      guard let spread = values[x].flatMap({ Spread($0) }) else {
        return LineChart.Point(x: x, y: .nan)
      }
      return LineChart.Point(x: x, y: spread.mean, error: spread.standardDeviation)
    }
    self.init(name: name, points: points)
  }
}
