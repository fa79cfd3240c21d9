import CommandLanguage
import Learning
import Metrics
import PlainText
import Plotting

extension Command<ShellContext> {
  static var plotAccuracy: ShellCommand {
    let runs = Parameter.optionalPositional(
      "runs", .list(of: .object(.run, .runs)), "The runs, such as [ft, kd] (default: all).")
    let metric = Parameter.option(
      "metric", .choice(of: AccuracyMetric.self), default: .accuracy,
      "Over all images, or the mean over classes.")
    return ShellCommand(
      "plot accuracy", "Draws test accuracy against the classes learned so far.", category: .plots,
      effect: .looks, searchWords: ["plot"],
      parameters: [runs, metric] + PlotAppearance.options(of: .curvesOfSeeds),
      formats: .picture,
      examples: [
        Example("plot accuracy [ft, kd]", "The notebook's figure, in the terminal."),
        Example("plot accuracy > curves.png", "All runs, in a file."),
        Example("plot accuracy size=85mm ylim=auto > curves.pdf", "For a column of a paper."),
        Example("plot accuracy labels=[lower, ours] > curves.tex", "LaTeX code, with names."),
      ], seeAlso: ["compare", "plot loss"],
      discussion: """
        The legend has the strategies' names where each occurs once, the highest at the end first. Of \
        runs of several seeds the means are drawn, with one standard deviation to both sides; the \
        figure says so, and of how many runs.

        \(PlotAppearance.discussion)
        """
    ) { context, arguments in
      let chosen = try context.runSets(arguments[runs])
      let names = chosen.legendNames(isBrief: try context.pictureStyle(arguments).isForPaper)
      let styles = context.styles(of: chosen.map(\.name))
      let series = chosen.indices.map {
        LineChart.Series(chosen[$0], arguments[metric], named: names[$0], style: styles[$0])
      }
      let chart = LineChart.accuracy(
        title: arguments[PlotAppearance.title] ?? "Test accuracy", of: series)
      return .picture(
        table: comparisonTable(chosen, arguments[metric]),
        warnings: context.notes(on: chosen) + chart.notes(on: chosen.map(\.name)),
        figure: .lines(chart))
    }
  }
}

extension LineChart.Series {
  /// The accuracies of a run, or the means of several with their deviations as error bars.
  fileprivate init(_ set: RunSet, _ metric: AccuracyMetric, named name: String, style: Int) {
    let runs = set.runs.map(\.run.history.evaluations)
    let tasks = runs.map(\.count).max() ?? 0
    // A legend that is too long loses its end, which must not be this.
    let age = set.ageMark
    self.init(
      name: age.isEmpty ? name : name.fitted(to: LineChart.legendLimit - age.count) + age,
      points: (0..<tasks).compactMap { task in
        let evaluations = runs.compactMap { task < $0.count ? $0[task] : nil }
        return Spread(evaluations.compactMap { metric.value(of: $0) }).map {
          LineChart.Point(
            x: Double(evaluations[0].classes.count), y: $0.mean, error: $0.standardDeviation)
        }
      }, style: style, runs: runs.count)
  }
}
