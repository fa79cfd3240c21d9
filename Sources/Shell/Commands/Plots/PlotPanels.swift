import CommandLanguage
import PlainText
import Plotting
import Sessions

/// Plots of runs that may stand side by side in one picture.
private enum PanelPlot: String, CaseIterable, Sendable {
  case accuracy
  case loss
  case matrix
  case confusion
  case epochs

  var summary: String {
    switch self {
    case .accuracy: "test accuracy against the classes learned"
    case .loss: "training loss by batch"
    case .matrix: "accuracy on each task after each task, for each run"
    case .confusion: "which classes are taken for which, for each run"
    case .epochs: "the course by epochs, below the others"
    }
  }

  /// The commands that draw it.
  ///
  /// - Parameters:
  ///   - runs: As they were named.
  ///   - members: The same, with runs of several seeds one by one.
  func commands(_ runs: [String], _ members: [String]) -> [String] {
    switch self {
    case .accuracy: ["plot accuracy [\(runs.joined(separator: ", "))]"]
    case .loss, .epochs: ["plot \(rawValue) [\(members.joined(separator: ", "))]"]
    case .matrix, .confusion: members.map { "plot \(rawValue) \($0)" }
    }
  }
}

extension Command<ShellContext> {
  static var plotPanels: ShellCommand {
    let plots = Parameter.positional(
      "plots", .list(of: .choice(of: PanelPlot.self, \.summary), count: 1...12),
      "The plots: [accuracy, loss].")
    let runs = Parameter.positional(
      "runs", .list(of: .object(.run, .runs), count: 1...24), "The runs: kd or [ft, kd].")
    let across = Parameter.optional(
      "across", .integer(1...6), "How many stand side by side (default: up to 3, else 2).")
    return ShellCommand(
      "plot panels", "Draws several plots of runs side by side in one picture.", category: .plots,
      effect: .looks, searchWords: ["subplots"], isImplied: true,
      parameters: [plots, runs, across] + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("plot [accuracy, loss] kd > both.png", "Two panels."),
        Example(
          "plot [matrix, confusion] [ft, kd] across=2 > four.png", "Four panels in two rows."),
      ],
      seeAlso: ["plot accuracy", "plot loss", "plot matrix", "plot confusion"],
      discussion: """
        'plot [accuracy, loss] kd' is short for 'plot panels [accuracy, loss] kd'. Each panel is what \
        'plot accuracy', 'plot loss' and so on draw. matrix and confusion have a panel for each run. A \
        CSV file has the numbers of all panels below each other, with the panel in its first column.
        """
    ) { context, arguments in
      let named = arguments[runs].map(\.name)
      let members = try named.flatMap { try context.runSet($0).runs.map(\.name) }
      var (panels, below): ([Panels.Panel], [[Panels.Panel]]) = ([], [])
      var tables: [(name: String, table: Table)] = []
      var warnings: [String] = []
      for command in arguments[plots].flatMap({ $0.commands(named, members) }) {
        let output = try context.output(of: command)
        guard let figure = output.figure else { continue }
        if case .panels(let inner) = figure {
          below += inner.rows
        } else {
          panels.append(panel(of: figure))
        }
        if let table = output.table { tables.append((command, table)) }
        warnings += output.warnings.filter { !warnings.contains($0) }
      }
      let width = arguments[across] ?? (panels.count <= 3 ? 3 : 2)
      let rows = stride(from: 0, to: panels.count, by: width).map {
        Array(panels[$0..<min($0 + width, panels.count)])
      }
      return .picture(
        table: Table(stacking: tables), warnings: warnings,
        figure: .panels(Panels(title: arguments[PlotAppearance.title], rows: rows + below)))
    }
  }
}

/// A chart is as large as leaves room for another beside it.
private func panel(of figure: Figure) -> Panels.Panel {
  if case .lines = figure { return Panels.Panel(figure, width: 760, height: 480) }
  return Panels.Panel(figure)
}

extension ShellContext {
  /// What a command of the registry gives, which only looks.
  fileprivate mutating func output(of line: String) throws -> CommandOutput {
    let script = Script(line, name: "plot panels")
    guard case .command(let statement)? = script.statements.first else { return .nothing }
    return try Registry.waymark.check(statement, from: script.source, in: self).run(in: &self)
  }
}

extension Table {
  /// Tables below each other, with what they are called in the first column: a column for each key
  /// that one of them has.
  init(stacking tables: [(name: String, table: Table)]) {
    var columns: [Column] = []
    for column in tables.flatMap(\.table.columns)
    where !columns.contains(where: {
      $0.key == column.key
    }) {
      columns.append(column)
    }
    self.init([Column("panel")] + columns)
    for (name, table) in tables {
      for row in table.rows {
        rows.append(
          [.text(name)]
            + columns.map { column in
              table.columns.firstIndex { $0.key == column.key }.map { table.cell(row, $0) }
                ?? .missing
            })
      }
    }
  }
}
