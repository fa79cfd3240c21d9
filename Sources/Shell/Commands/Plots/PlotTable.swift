import CommandLanguage
import PlainText
import Plotting
import Sessions

extension Command<ShellContext> {
  static var plotTable: ShellCommand {
    let table = Parameter.positional("table", .object(.table), "The table of results.")
    let x = Parameter.optional("x", .column(of: table), "The column along the axis.")
    let y = Parameter.optional("y", .column(of: table), "The column that is drawn against it.")
    let by = Parameter.optional(
      "by", .column(of: table), "A curve, or bars, for each value of this column.",
      searchWords: ["hue"])
    let of = Parameter.optional(
      "of", .column(of: table), "Instead: how this column is distributed.")
    let error = Parameter.option(
      "error", .choice(of: ColumnFigure.ErrorBar.self, \.summary), default: .sd,
      "What error bars of means show.", searchWords: ["errorbar"])
    let kind = Parameter.optional(
      "kind", .choice(of: ColumnFigure.Kind.self, \.summary),
      "What is drawn (default: a line, or bars where x is a text).")
    let bins = Parameter.optional(
      "bins", .integer(1...ColumnHistogram.mostBins), "With of=, how many bins numbers fall into.")
    let condition = Parameter.optional(
      "where", .condition, "The rows that meet this: memory > 50 and strategy == kd.")
    let title = Parameter.optional("title", .text, "The title of the picture.")
    return ShellCommand(
      "plot table", "Draws a table of results: one column against another, or a histogram.",
      category: .plots, effect: .looks, searchWords: ["hist", "scatter", "barplot"],
      isImplied: true,
      parameters: [table, x, y, by, of, error, kind, bins, condition, title],
      formats: .tableAndPicture,
      examples: [
        Example(
          "plot results x=memory y=final by=strategy > memory.png",
          "Means over the rows of one memory, with their deviations."),
        Example("plot results x=strategy y=final > bars.png", "A bar for each strategy."),
        Example("plot results x=memory y=final kind=points > points.png", "A point for each row."),
        Example("plot results of=final bins=4 > histogram.png", "How the column is distributed."),
        Example(
          "plot results x=memory y=final where strategy == kd > kd.csv", "In numbers, of some rows."
        ),
      ],
      seeAlso: ["table", "add", "show", "plot metric"],
      discussion: """
        'plot results' is short for 'plot table results'. Rows of the same x, and of the same value of \
        by=, are averaged; the label at the axis and a note say over how many rows. A CSV file has the \
        means with sd, the standard deviation of the sample, and n. kind=points averages nothing.

        of= counts: numbers in bins of one width, 1 + log2 n of them unless bins= says how many; texts \
        and few whole numbers one by one. A bin has its lower end in it.
        """
    ) { context, arguments in
      let name = arguments[table].name
      let rows = try context.drawnRows(of: name, meeting: arguments[condition])
      if let column = arguments[of] {
        guard arguments[x] == nil, arguments[y] == nil else {
          throw TableProblem.axesAndDistribution
        }
        let histogram = try ColumnHistogram(
          of: rows, column, by: arguments[by], bins: arguments[bins])
        return .picture(
          table: histogram.table, warnings: histogram.notes,
          figure: histogram.figure(title: arguments[title]))
      }
      guard let x = arguments[x], let y = arguments[y] else {
        throw TableProblem.noAxes(table: name)
      }
      if arguments.isGiven(bins) { throw TableProblem.onlyDistribution(option: bins.name) }
      let figure = try ColumnFigure(
        of: rows, x: x, y: y, by: arguments[by], errorBar: arguments[error], kind: arguments[kind])
      return .picture(
        table: figure.table, warnings: figure.notes, figure: figure.figure(title: arguments[title]))
    }
  }
}
