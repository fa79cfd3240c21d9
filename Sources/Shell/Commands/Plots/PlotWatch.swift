import CommandLanguage
import Datasets
import Learning
import PlainText
import Plotting
import Sessions

extension Command<ShellContext> {
  static var plotWatch: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run), "The run (default: the last one used).")
    let title = Parameter.optional("title", .text, "The title of the picture.")
    return ShellCommand(
      "plot watch", "Draws what was measured of a run batch by batch: forgetting as it happens.",
      category: .plots, effect: .looks, parameters: [run, title], formats: .picture,
      examples: [
        Example("plot watch kd > watch.png", "Accuracy on every watched task after every batch.")
      ],
      seeAlso: ["watch", "show watch", "plot accuracy"]
    ) { context, arguments in
      let name = try context.runName(arguments[run])
      let watch = try context.watch(of: name)
      guard watch.rows.count > 1 else { throw ModelProblem.nothingMeasured(run: name) }
      var panels: [Panels.Panel] = []
      if !watch.targets.isEmpty {
        let accuracy = LineChart(
          title: arguments[title] ?? "\(name): accuracy batch by batch", xLabel: "Batch",
          yLabel: "Test accuracy (%)", yRange: 0...100,
          series: watch.targets.indices.map { watch.series(of: $0) })
        panels.append(.init(.lines(accuracy), width: 960, height: 480))
      }
      if let image = watch.image {
        panels.append(
          .init(
            .lines(try context.logitChart(watch, image, of: name)), width: 960, height: 480))
      }
      return .picture(
        table: watchTable(watch), warnings: context.staleNotes([name]),
        figure: panels.count == 1 ? panels[0].figure : .panels(Panels(rows: panels.map { [$0] })))
    }
  }
}

extension ShellContext {
  /// The logits of the outputs that were ever the largest, and of the image's class.
  fileprivate func logitChart(_ watch: Watch, _ image: Int, of name: String) throws -> LineChart {
    let object = try run(name)
    let data = try data(object.data)
    let classes = object.run.tasks.tasks.flatMap(\.self)
    let label = data.test.labels.indices.contains(image) ? data.test.labels[image] : nil
    let largest = watch.rows.compactMap { row in
      row.logits.indices.max { row.logits[$0] < row.logits[$1] }
    }
    let own = label.flatMap { classes.firstIndex(of: $0) }
    let outputs = Set(largest + [own].compactMap(\.self)).sorted()
    return LineChart(
      title: "image \(image), \(label.map(data.numberedName) ?? "")", xLabel: "Batch",
      yLabel: "Logit",
      series: outputs.map { output in
        .init(
          name: classes.indices.contains(output) ? data.numberedName(classes[output]) : "\(output)",
          points: watch.curve {
            $0.logits.indices.contains(output) ? Double($0.logits[output]) : .nan
          })
      })
  }
}
