import CommandLanguage
import Datasets
import Learning
import Metrics
import Plotting

extension Command<ShellContext> {
  static var plotMatrix: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    return ShellCommand(
      "plot matrix", "Draws the accuracy on each task after each task.", category: .plots,
      effect: .looks, parameters: [run], formats: .picture,
      examples: [Example("plot matrix kd > matrix.png", "Darker is better.")], seeAlso: ["matrix"]
    ) { context, arguments in
      let name = arguments[run].name
      let run = try context.evaluated(name)
      let matrix = run.metrics().matrix
      let labels = (1...run.tasks.count).map { "\($0)" }
      return .picture(
        table: matrixTable(matrix, tasks: run.tasks.count).showing(name, run),
        warnings: context.notes(on: name),
        figure: .heatMap(
          HeatMap(
            title: "Accuracy of \(name), %\(run.ageMark)", rowTitle: "after task",
            columnTitle: "on task",
            rowLabels: Array(labels.prefix(matrix.rows.count)), columnLabels: labels,
            cells: matrix.rows, range: 0...100, scaleLabel: "%")))
    }
  }
}
