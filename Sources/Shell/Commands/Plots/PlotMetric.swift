import CommandLanguage
import Learning
import PlainText
import Plotting
import Sessions

/// Figures of runs that are drawn against an option; in the words of `expect`.
enum RunFigure: String, CaseIterable, Sendable {
  case final
  case average
  case acc
  case macro
  case forgetting
  case backwardTransfer = "backward-transfer"
  case loss
  case exemplars
  case parameters
  case accuracy

  var metric: ObjectMetric { ObjectMetric(rawValue: rawValue) ?? .final }
}

extension Command<ShellContext> {
  static var plotMetric: ShellCommand {
    let metric = Parameter.positional(
      "metric", .choice(of: RunFigure.self, \.metric.summary), "The figure.")
    let runs = Parameter.optionalPositional(
      "runs", .list(of: .object(.run, .runs)), "The runs, such as [m50, m100] (default: all).")
    let against = Parameter.required(
      "against", .text, "An option of the runs, such as memory or lr; or seed, or strategy.")
    let by = Parameter.optional(
      "by", .text,
      "Another option: a curve for each of its values (default: strategy, where that differs).")
    let error = Parameter.option(
      "error", .choice(of: ColumnFigure.ErrorBar.self, \.summary), default: .sd,
      "What error bars of means show.", searchWords: ["errorbar"])
    let kind = Parameter.optional(
      "kind", .choice(of: ColumnFigure.Kind.self, \.summary),
      "What is drawn (default: a line, or bars where the option is a word).")
    let title = Parameter.optional("title", .text, "The title of the picture.")
    return ShellCommand(
      "plot metric", "Draws a figure of runs against an option in which they differ.",
      category: .plots, effect: .looks, searchWords: ["against"], isImplied: true,
      parameters: [metric, runs, against, by, error, kind, title],
      formats: .tableAndPicture,
      examples: [
        Example(
          "plot average [ft, kd] against=strategy > average.png", "A bar for each strategy."),
        Example("plot final kd against=memory > memory.csv", "In numbers."),
      ],
      seeAlso: ["plot table", "compare", "search", "plot accuracy"],
      discussion: """
        'plot average' is short for 'plot metric average'; 'plot accuracy' alone draws accuracy as it \
        develops, so that the figure of that name is called final. Runs with the same value of the \
        option are averaged, as those of several seeds are: a point is their mean, with the deviation \
        over them as its error bar. Runs of several strategies have a curve each.
        """
    ) { context, arguments in
      let sets = try context.runSets(arguments[runs])
      let figure = try context.figure(
        of: arguments[metric], sets.flatMap(\.runs), against: arguments[against],
        by: arguments[by], arguments[error], arguments[kind])
      return .picture(
        table: figure.table, warnings: context.notes(on: sets) + figure.notes,
        figure: figure.figure(title: arguments[title]))
    }
  }
}

extension ShellContext {
  fileprivate mutating func figure(
    of metric: RunFigure, _ runs: [(name: String, run: Run)], against option: String, by: String?,
    _ error: ColumnFigure.ErrorBar, _ kind: ColumnFigure.Kind?
  ) throws -> ColumnFigure {
    let strategy = "strategy"
    let areSeveral = Set(runs.map(\.run.setup.strategy)).count > 1
    let group = by ?? (areSeveral && option != strategy ? strategy : nil)
    let groupColumn = group == option ? nil : group
    // A figure may have an option's name.
    let column = metric.rawValue == option || metric.rawValue == group ? "value" : metric.rawValue
    guard var rows = ResultTable(columns: [option] + [groupColumn].compactMap(\.self) + [column])
    else { throw TableProblem.noColumn(option, table: runs[0].name, known: []) }
    for (name, run) in runs {
      let value = try value(of: metric.metric, name, run, after: nil)
      let number = if case .number(let number, _)? = value { number } else { Double.nan }
      _ = rows.add(
        [try setting(option, of: run, name)]
          + (try groupColumn.map { [try setting($0, of: run, name)] } ?? [])
          + [ResultTable.Value(number)])
    }
    return try ColumnFigure(
      of: rows, x: option, y: column, by: groupColumn, errorBar: error, kind: kind)
  }

  private func setting(
    _ option: String, of run: Run, _ name: String
  ) throws -> ResultTable.Value {
    switch option {
    case "strategy": return .text(run.setup.strategy)
    case "seed": return .integer(run.setup.seed)
    case "network": return ResultTable.Value(VariedSetting.network.value(of: run))
    default:
      guard let value = run.setup.options.values[option] else {
        throw TableProblem.withoutOption(
          option, run: name,
          known: run.setup.options.values.keys.sorted() + ["strategy", "seed", "network"])
      }
      return ResultTable.Value(value)
    }
  }
}
