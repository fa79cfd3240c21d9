import CommandLanguage
import Learning
import Metrics
import Plotting

extension Command<ShellContext> {
  static var plotAccuracy: ShellCommand {
    let runs = Parameter.optionalPositional(
      "runs", .list(of: .object(.run, .runs)), "The runs, such as [ft, kd] (default: all).")
    let metric = Parameter.option(
      "metric", .choice(of: AccuracyMetric.self), default: .accuracy,
      "Over all images, or the mean over classes.")
    let title = Parameter.optional("title", .text, "The title of the picture.")
    return ShellCommand(
      "plot accuracy", "Draws test accuracy against the classes learned so far.", category: .plots,
      effect: .looks, searchWords: ["plot"], parameters: [runs, metric, title], formats: .picture,
      examples: [
        Example("plot accuracy [ft, kd]", "The notebook's figure, in the terminal."),
        Example("plot accuracy > curves.png", "All runs, in a file."),
      ], seeAlso: ["compare", "plot loss"]
    ) { context, arguments in
      let chosen = try context.runSets(arguments[runs])
      let series = chosen.map { LineChart.Series($0, arguments[metric]) }
      let chart = LineChart.accuracy(title: arguments[title] ?? "Test accuracy", of: series)
      return .picture(
        table: comparisonTable(chosen, arguments[metric]),
        warnings: context.notes(on: chosen) + chart.notes(on: chosen.map(\.name)),
        figure: .lines(chart))
    }
  }
}

extension LineChart.Series {
  /// The accuracies of a run, or the means of several with their deviations as error bars.
  fileprivate init(_ set: RunSet, _ metric: AccuracyMetric) {
    let runs = set.runs.map(\.run.history.evaluations)
    let tasks = runs.map(\.count).max() ?? 0
    self.init(
      name: set.name + (set.runs.map(\.run.ageMark).max() ?? ""),
      points: (0..<tasks).compactMap { task in
        let evaluations = runs.compactMap { task < $0.count ? $0[task] : nil }
        return Spread(evaluations.compactMap { metric.value(of: $0) }).map {
          LineChart.Point(
            x: Double(evaluations[0].classes.count), y: $0.mean, error: $0.standardDeviation)
        }
      })
  }
}
