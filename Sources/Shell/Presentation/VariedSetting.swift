import Learning
import Networks

/// An option, or the network, in which runs of one strategy that are put side by side differ.
enum VariedSetting: Hashable {
  case option(String)
  case network

  /// In the order of the strategies' declarations.
  static func all(of sets: [RunSet]) -> [VariedSetting] {
    let runs = sets.flatMap(\.runs).map(\.run)
    var found: [VariedSetting] = []
    for strategy in Strategies.all {
      let alike = runs.filter { $0.setup.strategy == strategy.description.name }
      let options = strategy.options.map { VariedSetting.option($0.name) }
      for setting in [VariedSetting.network] + options where !found.contains(setting) {
        if Set(alike.map { setting.value(of: $0) }).count > 1 { found.append(setting) }
      }
    }
    return found
  }

  /// `lr=`, told apart from columns that measure something.
  var column: Table.Column {
    switch self {
    case .option(let name): Table.Column("\(name)=", key: name)
    case .network: Table.Column("network")
    }
  }

  /// Of runs of several seeds; nothing if they differ or do not have it.
  func cell(of runs: [Run]) -> Table.Cell {
    let values = Set(runs.map { value(of: $0) })
    guard values.count == 1, let value = values.first ?? nil else { return .missing }
    return value.cell
  }

  func value(of run: Run) -> OptionValue? {
    switch self {
    case .option(let name): run.setup.options.values[name]
    case .network: .choice(run.network.architecture.name)
    }
  }
}

extension Table {
  /// The same with the options in which the runs differ behind the other columns; a row's run is the one
  /// in its column `run`.
  func telling(_ runs: [(name: String, run: Run)]) -> Table {
    let settings = VariedSetting.all(of: runs.map { RunSet(name: $0.name, runs: [$0]) })
    guard let place = columns.firstIndex(where: { $0.key == "run" }), !settings.isEmpty else {
      return self
    }
    var table = self
    table.columns += settings.map(\.column)
    table.rows = rows.map { row in
      let run = runs.first { cell(row, place) == .text($0.name) }?.run
      return row + settings.map { setting in run.map { setting.cell(of: [$0]) } ?? .missing }
    }
    return table
  }
}

extension OptionValue {
  /// In a table: a number where it is one, so that it stays one in files.
  var cell: Table.Cell {
    switch self {
    case .integer(let value): .integer(value)
    case .real, .flag, .choice: .text(spelling)
    }
  }
}
