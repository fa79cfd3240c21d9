import CommandLanguage
import Learning
import Metrics
import Plotting

extension Command<ShellContext> {
  static var plotConfusion: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    let task = Parameter.optional(
      "task", .integer(1...1000), "After which task (default: the last).")
    return ShellCommand(
      "plot confusion", "Draws which classes are mistaken for which, in percent of each class.",
      category: .plots, effect: .looks, parameters: [run, task], formats: .picture,
      examples: [Example("plot confusion kd > confusion.png", "Row: true class.")],
      seeAlso: ["confusion"]
    ) { context, arguments in
      let name = arguments[run].name
      let run = try context.evaluated(name)
      let evaluation = try context.evaluation(of: name, task: arguments[task])
      let after = arguments[task] ?? run.history.evaluations.count
      let mark = arguments[task] == nil ? run.ageMark : ""
      let cells = evaluation.confusion.map { row -> [Double?] in
        let total = row.reduce(0, +)
        return row.map { total == 0 ? nil : 100 * Double($0) / Double(total) }
      }
      let few = evaluation.classes.count <= 20
      let names = try context.labels(of: name, evaluation.classes)
      let numbers = evaluation.classes.map { "\($0)" }
      return .picture(
        table: mistakeTable(evaluation, labels: names, top: 20),
        warnings: arguments[task] == nil ? context.notes(on: name) : context.staleNotes([name]),
        figure: .heatMap(
          HeatMap(
            title: "Confusion of \(name) after task \(after)\(mark), % of each class",
            rowTitle: "true class",
            columnTitle: "predicted class", rowLabels: few ? names : numbers,
            columnLabels: numbers, cells: cells, range: 0...100, scaleLabel: "%")))
    }
  }
}
