import CommandLanguage
import Datasets
import Learning
import Metrics
import Plotting

extension Command<ShellContext> {
  static var plotMatrix: ShellCommand {
    let run = Parameter.positional("run", .object(.run, .runs), "The run.")
    return ShellCommand(
      "plot matrix", "Draws the accuracy on each task after each task.", category: .plots,
      effect: .looks, parameters: [run] + PlotAppearance.options(of: .cells), formats: .picture,
      examples: [Example("plot matrix kd > matrix.png", "Darker is better.")], seeAlso: ["matrix"],
      discussion:
        "Of runs of several seeds each cell is their mean; 'matrix' has the deviations too."
    ) { context, arguments in
      let name = arguments[run].name
      let set = try context.evaluatedSet(name)
      let matrices = set.runs.map { $0.run.metrics().matrix }
      let tasks = set.runs[0].run.tasks.count
      let labels = (1...tasks).map { "\($0)" }
      let cells = meanMatrix(matrices)
      return .picture(
        table: matrixTable(matrices, tasks: tasks).showing(set),
        warnings: set.runs.count == 1 ? context.notes(on: name) : context.notes(on: [set]),
        figure: .heatMap(
          HeatMap(
            title: "Accuracy of \(set.title), %\(set.ageMark)", rowTitle: "after task",
            columnTitle: "on task", rowLabels: Array(labels.prefix(cells.count)),
            columnLabels: labels, cells: cells, range: 0...100, scaleLabel: "%")))
    }
  }
}
