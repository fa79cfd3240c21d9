import CommandLanguage
import Learning
import Metrics
import PlainText
import Sessions

/// Tables of one's own.
extension ShellContext {
  func table(_ name: String) throws -> ResultTable {
    guard case .table(let table)? = session[name] else {
      throw DataProblem.wrongKind(name: name, expected: .table)
    }
    return table
  }

  /// The rows of a table that meet a condition.
  func rows(
    of table: ResultTable, meeting condition: RowCondition?
  ) throws -> ResultTable {
    guard let condition, var result = ResultTable(columns: table.columns) else { return table }
    let test = try condition.test(of: table.columns)
    for row in table.rows {
      let cells = Dictionary(
        zip(table.columns, row.map(\.word)), uniquingKeysWith: { first, _ in first })
      if try test.holds(cells, in: self) { _ = result.add(row) }
    }
    return result
  }

  /// Rows for a figure: those that meet a condition, and at least one.
  func drawnRows(
    of name: String, meeting condition: RowCondition?
  ) throws -> ResultTable {
    let table = try table(name)
    guard !table.rows.isEmpty else { throw TableProblem.empty(table: name) }
    let rows = try rows(of: table, meeting: condition)
    guard !rows.rows.isEmpty else {
      throw TableProblem.noRow(table: name, condition: condition?.description ?? "")
    }
    return rows
  }

  /// A column's values in the language, without empty cells.
  func column(
    _ column: String, of name: String, meeting condition: RowCondition?
  ) throws -> [CommandLanguage.Value] {
    let table = try table(name)
    guard table.columns.contains(column) else {
      throw TableProblem.noColumn(column, table: name, known: table.columns)
    }
    return try rows(of: table, meeting: condition).column(column)?.compactMap(\.word) ?? []
  }

  /// A table as people and programs read it.
  func listing(
    of name: String, meeting condition: RowCondition? = nil, sortedBy key: String? = nil,
    falling: Bool = false, columns: [String]? = nil, first count: Int? = nil
  ) throws -> CommandOutput {
    let table = try table(name)
    let chosen = try rows(of: table, meeting: condition)
    // -memory is the order of memory turned round, unless a column has that name.
    let isTurned = key.map { $0.hasPrefix("-") && !table.columns.contains($0) } ?? false
    let shown =
      chosen.listed(
        sortedBy: key.map { isTurned ? String($0.dropFirst()) : $0 }, falling: falling != isTurned,
        columns: columns, first: count) ?? chosen
    var output = CommandOutput(table: Table(shown))
    if table.rows.isEmpty {
      output.lines = [described(name)]
      output.notes = ["'add \(name) …' puts a row into it"]
    } else if shown.rows.count < table.rows.count {
      output.notes = ["\(grouped(shown.rows.count)) of \(counted(table.rows.count, "row"))"]
    }
    output.summary = [
      "name": name, "kind": ObjectKind.table.word, "columns": shown.columns,
      "of": table.rows.count,
    ]
    return output
  }
}

extension VariedSetting {
  /// What differs among runs that have it, of whatever strategy, in the order of the strategies'
  /// declarations.
  static func amongAll(_ runs: [Run]) -> [VariedSetting] {
    var found: [VariedSetting] = []
    let names = Strategies.all.flatMap { $0.options.map(\.name) }
    for setting in [VariedSetting.network] + names.map({ VariedSetting.option($0) })
    where !found.contains(setting) {
      if Set(runs.compactMap { setting.value(of: $0) }).count > 1 { found.append(setting) }
    }
    return found
  }
}

extension ResultTable {
  /// A row for each run with what `compare` shows of it, and the options in which the runs differ.
  init?(comparing runs: [(name: String, run: Run)], _ metric: AccuracyMetric, _ head: Classifier?) {
    let all = runs.map(\.run)
    let settings = VariedSetting.amongAll(all)
    let tasks = all.map { $0.evaluations(byHead: head).count }.max() ?? 0
    let hasForward = all.contains { $0.forwardTransfer != nil }
    self.init(
      columns: ["run", "strategy", "seed"] + settings.map(\.column.key)
        + (0..<tasks).map { "task_\($0 + 1)" }
        + ["average", "final", "acc", "forgetting", "backward_transfer"]
        + (hasForward ? ["forward_transfer"] : []) + ["memory_exemplars", "seconds"])
    for (name, run) in runs {
      let metrics = run.metrics(by: metric, classifier: head)
      var figures: [Double?] = (0..<tasks).map {
        $0 < metrics.byTask.count ? metrics.byTask[$0] : nil
      }
      figures += [
        metrics.average, metrics.final, metrics.meanOverTasks, metrics.forgetting,
        metrics.backwardTransfer,
      ]
      if hasForward { figures.append(run.forwardTransfer(by: metric.value)) }
      figures += [run.kept?.inExemplars, run.seconds.value]
      let row: [Value] =
        [.text(name), .text(run.setup.strategy), .integer(run.setup.seed)]
        + settings.map { Value($0.value(of: run)) }
        + figures.map { $0.map { Value($0) } ?? .missing }
      guard add(row) else { return nil }
    }
  }
}
