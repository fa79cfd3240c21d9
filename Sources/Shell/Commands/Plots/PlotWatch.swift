import CommandLanguage
import Datasets
import Learning
import Metrics
import PlainText
import Plotting
import Sessions

/// Which logits of a watched image are drawn.
private enum DrawnLogits: String, CaseIterable {
  case largest
  case all

  var summary: String {
    switch self {
    case .largest: "the image's own class, and all that were the largest at some time"
    case .all: "all"
    }
  }
}

extension Command<ShellContext> {
  static var plotWatch: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run), "The run (default: the last one used).")
    let logits = Parameter.option(
      "logits", .choice(of: DrawnLogits.self, \.summary), default: .largest,
      "Of a watched image: which classes' logits are drawn.")
    return ShellCommand(
      "plot watch", "Draws what was measured of a run batch by batch: forgetting as it happens.",
      category: .plots, effect: .looks,
      parameters: [run, logits] + PlotAppearance.options(of: .panels),
      formats: .tableAndPicture,
      examples: [
        Example("plot watch kd > watch.png", "Accuracy on every watched task after every batch.")
      ],
      seeAlso: ["watch", "show watch", "plot accuracy", "plot epochs"],
      discussion: """
        Below the accuracies are forgetting, min-ACC and WC-ACC over the old tasks, if there are any \
        among those watched ('explain stability-gap'), and below these the logits of an image that is \
        watched. Lines through the picture say where a task begins.
        """
    ) { context, arguments in
      let name = try context.runName(arguments[run])
      let course = try context.watchCourse(of: name)
      guard course.watch.rows.count > 1 else { throw ModelProblem.nothingMeasured(run: name) }
      var charts: [LineChart] = []
      if !course.watch.targets.isEmpty { charts.append(course.accuracyChart) }
      if course.hasFigures { charts.append(course.figureChart) }
      var notes: [String] = []
      if let image = course.watch.image {
        let (chart, left) = try context.logitChart(course, image, arguments[logits])
        charts.append(chart)
        notes += context.strangerNote(course, image)
        if left > 0 {
          notes.append(
            "image \(image): \(counted(left, "class", "classes")) left out whose logit never was "
              + "the largest; logits=all draws them too")
        }
      }
      if let title = arguments[PlotAppearance.title] { charts[0].title = title }
      for index in charts.indices { charts[index].borders = course.borders }
      charts = LineChart.aligned(charts)
      let panels = charts.map { [Panels.Panel(.lines($0), width: 960, height: 440)] }
      var output = CommandOutput.picture(
        table: course.table, warnings: notes + context.staleNotes([name]),
        figure: charts.count == 1 ? .lines(charts[0]) : .panels(Panels(rows: panels)))
      output.notes = course.summary + output.notes
      output.summary = course.record
      return output
    }
  }
}

extension WatchCourse {
  fileprivate var accuracyChart: LineChart {
    LineChart(
      title: "\(name): accuracy on \(images) test images", xLabel: "Batch",
      yLabel: "Test accuracy (%)", yRange: 0...100,
      series: watch.targets.indices.map { target in
        curve(watch.targets[target].name) { watch.rows[$0].accuracies[target] }
      })
  }

  private var images: String { grouped(watch.targets.reduce(0) { $0 + $1.images.count }) }

  fileprivate var figureChart: LineChart {
    LineChart(
      title: "\(name): the old tasks", xLabel: "Batch", yLabel: "% or points", yRange: 0...100,
      series: [
        curve("forgetting", isBroken: true) { evaluation.figures[$0].forgetting },
        curve("min-ACC", isBroken: true) { evaluation.figures[$0].minimum },
        curve("WC-ACC", isBroken: true) { evaluation.figures[$0].worstCase },
      ])
  }

  /// - Parameters:
  ///   - isBroken: Whether each task has a curve of its own, since the next is about more tasks.
  ///   - value: Of a measurement, by its position.
  fileprivate func curve(
    _ name: String, isBroken: Bool = false, _ value: (Int) -> Double?
  ) -> LineChart.Series {
    let ends = isBroken ? Set(borders.map(\.x)) : []
    return .init(
      name: name,
      points: watch.rows.enumerated().flatMap { index, row -> [LineChart.Point] in
        let x = Double(row.steps)
        let point = LineChart.Point(x: x, y: value(index) ?? .nan)
        return ends.contains(x) ? [point, .init(x: x, y: .nan)] : [point]
      })
  }
}

extension ShellContext {
  /// That the run never learns what a watched image shows.
  fileprivate func strangerNote(_ course: WatchCourse, _ image: Int) -> [String] {
    guard let object = try? run(course.name), let data = try? data(object.data),
      data.test.labels.indices.contains(image)
    else { return [] }
    let label = data.test.labels[image]
    return object.run.tasks.tasks.joined().contains(label)
      ? [] : ["image \(image): class \(data.numberedName(label)) is in none of the run's tasks"]
  }

  /// - Returns: How many logits are left out, too.
  fileprivate func logitChart(
    _ course: WatchCourse, _ image: Int, _ drawn: DrawnLogits
  ) throws -> (chart: LineChart, left: Int) {
    let object = try run(course.name)
    let data = try data(object.data)
    let rows = course.watch.rows
    let classes = object.run.tasks.tasks.flatMap(\.self)
    let label = data.test.labels.indices.contains(image) ? data.test.labels[image] : nil
    let largest = rows.compactMap { row in
      row.logits.indices.max { row.logits[$0] < row.logits[$1] }
    }
    let own = label.flatMap { classes.firstIndex(of: $0) }
    let count = rows.map(\.logits.count).max() ?? 0
    let outputs =
      drawn == .all ? Array(0..<count) : Set(largest + [own].compactMap(\.self)).sorted()
    let chart = LineChart(
      title: "\(course.name): image \(image), \(label.map(data.numberedName) ?? "class unknown")",
      xLabel: "Batch", yLabel: "Logit",
      series: outputs.map { output in
        let name =
          classes.indices.contains(output) ? data.numberedName(classes[output]) : "\(output)"
        return course.curve(name) { row in
          rows[row].logits.indices.contains(output) ? Double(rows[row].logits[output]) : nil
        }
      })
    return (chart, outputs.isEmpty ? 0 : count - outputs.count { $0 < count })
  }
}
