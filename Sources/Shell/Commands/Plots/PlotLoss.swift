import CommandLanguage
import Learning
import Plotting
import Sessions

extension Command<ShellContext> {
  static var plotLoss: ShellCommand {
    let runs = Parameter.positional("runs", .list(of: .object(.run)), "The runs: kd or [ft, kd].")
    let smoothing = Parameter.option(
      "smoothing", .real(0...0.999), default: 0.95, "Weight of the past in the smoothed curve.")
    let title = Parameter.optional("title", .text, "The title of the picture.")
    let live = Parameter.option(
      "live", .flag, default: false, "Draw it again and again while one of the runs learns.")
    return ShellCommand(
      "plot loss", "Draws the training loss batch by batch.", category: .plots, effect: .looks,
      parameters: [runs, smoothing, title, live], formats: .picture,
      examples: [
        Example("plot loss kd > loss.png", "A pale curve with its smoothed one, for each task."),
        Example("plot loss kd live=on", "From now on it grows while kd learns."),
      ], seeAlso: ["plot accuracy", "run", "set"],
      discussion: """
        With live=on the curve is drawn again while 'step' or 'continue' teaches the run: in its window \
        with 'set plots=window', else in the terminal, in characters above the progress line. It \
        changes no bit of the run and takes about a hundredth of the time. live=off ends it.
        """
    ) { context, arguments in
      let names = arguments[runs].map(\.name)
      let histories = try names.map { try context.run($0).run.history }
      if arguments.isGiven(live) {
        context.console.livePlots.removeAll { $0.runs == names }
        if arguments[live] {
          context.console.livePlots.append(
            LivePlot(
              command: context.windowTitle(of: arguments), runs: names, curves: [.loss],
              title: arguments[title], smoothing: arguments[smoothing]))
        }
      }
      let series = zip(names, histories).filter { $1.steps > 0 }.map { lossSeries(of: $0, $1) }
      if let untrained = zip(names, histories).first(where: { $1.steps == 0 })?.0 {
        guard arguments[live] else { throw RunProblem.untrained(run: untrained) }
        if series.isEmpty {
          return CommandOutput(
            "\(untrained) has learned nothing yet: its curve grows with 'continue'")
        }
      }
      let chart = LineChart.loss(
        title: arguments[title] ?? "Training loss", of: series, smoothing: arguments[smoothing])
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
