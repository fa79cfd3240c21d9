import CommandLanguage
import Learning
import Plotting
import Sessions

extension Command<ShellContext> {
  static var plotLoss: ShellCommand {
    let runs = Parameter.positional(
      "runs", .list(of: .object(.run, .runs)), "The runs: kd or [ft, kd].")
    let smoothing = Parameter.option(
      "smoothing", .real(0...0.999), default: 0.95, "Weight of the past in the smoothed curve.")
    let axis = Parameter.optional(
      "x", .choice(of: LossAxis.self) { $0.summary },
      "What training is measured in (default: batch; task where one run takes more than three times "
        + "as many batches as another).")
    let live = Parameter.option(
      "live", .flag, default: false, "Draw it again and again while one of the runs learns.")
    return ShellCommand(
      "plot loss", "Draws the training loss batch by batch.", category: .plots, effect: .looks,
      parameters: [runs, axis, smoothing, live] + PlotAppearance.options(of: .curves),
      formats: .picture,
      examples: [
        Example("plot loss kd > loss.png", "Thin: every batch; thick: smoothed."),
        Example("plot loss [ft, kd] x=task > both.png", "Every task as wide as any other."),
        Example("plot loss kd live=on", "From now on it grows while kd learns."),
      ], seeAlso: ["plot accuracy", "run", "set"],
      discussion: """
        The smoothed curve is a moving average, which begins anew at each task. With x=task what a run \
        has trained of a task that is under way fills the width of that task. The axis ends where 99 of \
        100 batches do and every smoothed curve does: what lies above is counted.

        With live=on the curve is drawn again while 'step' or 'continue' teaches the run: in its window \
        with 'set plots=window', else in the terminal, in characters above the progress line. It \
        changes no bit of the run and takes about a hundredth of the time. live=off ends it. Runs of \
        several seeds are one curve, their mean, with the standard deviation around it.
        """
    ) { context, arguments in
      let sets = try arguments[runs].map { try context.runSet($0.name) }
      let names = sets.flatMap(\.runs).map(\.name)
      let histories = sets.flatMap(\.runs).map(\.run.history)
      if arguments.isGiven(live) {
        context.console.livePlots.removeAll { $0.runs == names }
        if arguments[live] {
          context.console.livePlots.append(
            LivePlot(
              command: context.windowTitle(of: arguments), runs: names, curves: [.loss],
              title: arguments[PlotAppearance.title], smoothing: arguments[smoothing],
              axis: arguments[axis] ?? .batch))
        }
      }
      let drawn = sets.map { set in
        LossCourses(
          set.name,
          set.runs.filter { $0.run.history.steps > 0 }.map { LossCourse($0.name, $0.run.history) })
      }.filter { !$0.members.isEmpty }
      if let untrained = zip(names, histories).first(where: { $1.steps == 0 })?.0 {
        guard arguments[live] else { throw RunProblem.untrained(run: untrained) }
        if drawn.isEmpty {
          return CommandOutput(
            "\(untrained) has learned nothing yet: its curve grows with 'continue'")
        }
      }
      var (chart, notes) = LossCourse.chart(
        of: drawn, over: arguments[axis] ?? .suiting(histories),
        title: arguments[PlotAppearance.title] ?? "Training loss", smoothing: arguments[smoothing])
      for (index, style) in context.styles(of: drawn.map(\.name)).enumerated() {
        chart.series[index].style = style
      }
      return .picture(
        table: try context.epochs(of: names),
        warnings: context.unevenNotes(sets) + context.staleNotes(names)
          + chart.notes(on: drawn.map(\.name)) + notes,
        figure: .lines(chart))
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
    return try Table(
      ["run", "task", "stage", "epoch", "loss", Table.Column("train %", key: "train_accuracy")],
      rows: rows
    ).telling(names.map { ($0, try run($0).run) })
  }
}
