import CommandLanguage
import Learning
import Plotting
import Sessions
import Tensors

extension Command<ShellContext> {
  static var plotLoss: ShellCommand {
    let runs = Parameter.positional("runs", .list(of: .object(.run)), "The runs: kd or [ft, kd].")
    let smoothing = Parameter.option(
      "smoothing", .real(0...0.999), default: 0.95, "Weight of the past in the smoothed curve.")
    let title = Parameter.optional("title", .text, "The title of the picture.")
    return ShellCommand(
      "plot loss", "Draws the training loss batch by batch.", category: .plots, effect: .looks,
      parameters: [runs, smoothing, title], formats: .picture,
      examples: [
        Example("plot loss kd > loss.png", "A pale curve with its smoothed one, for each task.")
      ], seeAlso: ["plot accuracy"]
    ) { context, arguments in
      var series: [LineChart.Series] = []
      for reference in arguments[runs] {
        let history = try context.run(reference.name).run.history
        let losses = history.losses.elements
        guard !losses.isEmpty else { throw RunProblem.untrained(run: reference.name) }
        var points = losses.indices.map {
          LineChart.Point(x: Double($0 + 1), y: Double(losses[$0]))
        }
        // The next task is another question: no curve goes over from one to the other.
        for steps in history.evaluationSteps.reversed() where (1..<losses.count).contains(steps) {
          points.insert(LineChart.Point(x: Double(steps) + 0.5, y: .nan), at: steps)
        }
        series.append(LineChart.Series(name: reference.name, points: points))
      }
      let chart = LineChart.loss(
        title: arguments[title] ?? "Training loss", of: series, smoothing: arguments[smoothing])
      let names = arguments[runs].map(\.name)
      return .picture(
        table: try context.epochs(of: names),
        warnings: context.staleNotes(names) + chart.notes(on: names), figure: .lines(chart))
    }
  }
}

extension ShellContext {
  /// A row per epoch: what `plot loss` prints where it cannot draw.
  fileprivate func epochs(of names: [String]) throws -> Table {
    var rows: [[Table.Cell]] = []
    for name in names {
      for epoch in try run(name).run.history.epochs {
        rows.append([
          .text(name), .integer(epoch.task + 1), .text(epoch.purpose.rawValue),
          .integer(epoch.epoch + 1),
          epoch.lossIfAny.map { .number($0, decimals: 4) } ?? .missing,
          .percent(epoch.accuracyIfAny),
        ])
      }
    }
    return Table(
      ["run", "task", "stage", "epoch", "loss", Table.Column("train %", key: "train_accuracy")],
      rows: rows)
  }
}
