import CommandLanguage
import Datasets
import Learning
import Metrics
import Plotting
import Sentences
import Sessions
import Tensors

extension Command<ShellContext> {
  static var plotAccuracy: ShellCommand {
    let runs = Parameter.optionalPositional(
      "runs", .list(of: .object(.run, .runs)), "The runs, [ft, kd]; else all.")
    let metric = Parameter.option(
      "metric", .choice(of: AccuracyMetric.self), default: .accuracy,
      "Over all images, or the mean over classes.")
    let title = Parameter.optional("title", .text, "Above the picture.")
    return ShellCommand(
      "plot accuracy", "Draws test accuracy against the classes learned so far.",
      category: .plots, searchWords: ["plot"], parameters: [runs, metric, title],
      formats: .picture,
      examples: [
        Example("plot accuracy [ft, kd]", "The notebook's figure, in the terminal."),
        Example("plot accuracy > curves.png", "All runs, in a file."),
      ],
      seeAlso: ["compare", "plot loss"]
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

  static var plotLoss: ShellCommand {
    let runs = Parameter.positional("runs", .list(of: .object(.run)), "The runs: kd or [ft, kd].")
    let smoothing = Parameter.option(
      "smoothing", .real(0...0.999), default: 0.95, "Weight of the past in the smoothed curve.")
    let title = Parameter.optional("title", .text, "Above the picture.")
    return ShellCommand(
      "plot loss", "Draws the training loss batch by batch.", category: .plots,
      parameters: [runs, smoothing, title], formats: .picture,
      examples: [
        Example("plot loss kd > loss.png", "A pale curve with its smoothed one, for each task.")
      ],
      seeAlso: ["plot accuracy"]
    ) { context, arguments in
      var series: [LineChart.Series] = []
      for reference in arguments[runs] {
        let history = try context.run(reference.name).run.history
        let losses = history.losses.elements
        guard !losses.isEmpty else {
          throw Failure("'\(reference.name)' has not been trained yet", help: "step")
        }
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

  static var plotMatrix: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    return ShellCommand(
      "plot matrix", "Draws the accuracy on each task after each task.", category: .plots,
      parameters: [run], formats: .picture,
      examples: [Example("plot matrix kd > matrix.png", "Darker is better.")],
      seeAlso: ["matrix"]
    ) { context, arguments in
      let name = arguments[run].name
      let run = try context.evaluated(name)
      let matrix = run.figures().matrix
      let labels = (1...run.tasks.count).map { "\($0)" }
      return .picture(
        table: Table(
          [Table.Column("after", key: "after_task")]
            + labels.map { Table.Column("task \($0)", key: "task_\($0)") },
          rows: matrix.rows.enumerated().map { after, row in
            [.integer(after + 1)]
              + labels.indices.map { .percent($0 < row.count ? row[$0] : nil) }
          }
        ).showing(name, run),
        warnings: context.notes(on: name),
        figure: .heatMap(
          HeatMap(
            title: "Accuracy of \(name), %\(run.ageMark)", rowTitle: "after task",
            columnTitle: "on task",
            rowLabels: Array(labels.prefix(matrix.rows.count)), columnLabels: labels,
            cells: matrix.rows, range: 0...100, scaleLabel: "%")))
    }
  }

  static var plotConfusion: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    let task = Parameter.optional("task", .integer(1...1000), "After which task; else the last.")
    return ShellCommand(
      "plot confusion", "Draws which classes are taken for which, in percent of each class.",
      category: .plots, parameters: [run, task], formats: .picture,
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
      let rows = evaluation.mistakes.prefix(20).map { mistake -> [Table.Cell] in
        [
          .integer(mistake.count), .text(names[mistake.row]), .text(names[mistake.column]),
        ]
      }
      return .picture(
        table: Table(["count", "is", Table.Column("was taken for", key: "taken_for")], rows: rows),
        warnings: arguments[task] == nil ? context.notes(on: name) : context.staleNotes([name]),
        figure: .heatMap(
          HeatMap(
            title: "Confusion of \(name) after task \(after)\(mark), % of each class",
            rowTitle: "true class",
            columnTitle: "predicted class", rowLabels: few ? names : numbers,
            columnLabels: numbers, cells: cells, range: 0...100, scaleLabel: "%")))
    }
  }

  static var plotClasses: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let sort = Parameter.option(
      "sort", .choice(["class", "name", "count"]), default: "count", "The order of the bars.")
    return ShellCommand(
      "plot classes", "Draws how many images each class has.", category: .plots,
      searchWords: ["countplot"], parameters: [data, sort], formats: .picture,
      examples: [Example("plot classes signs > classes.png", "Training and test images.")],
      seeAlso: ["classes"]
    ) { context, arguments in
      let counts = try context.data(arguments[data].name).classCounts(
        orderedBy: arguments[sort] == "count" ? .train : arguments[sort] == "name" ? .name : .label)
      return .picture(
        table: Table(
          ["class", "name", "train", "test"],
          rows: counts.map {
            [.integer($0.label), .text($0.name), .integer($0.train), .integer($0.test)]
          }),
        figure: .bars(
          BarChart(
            title: "Images per class", labels: counts.map { "\($0.label) \($0.name)" },
            series: [
              .init(name: "train", values: counts.map { Double($0.train) }),
              .init(name: "test", values: counts.map { Double($0.test) }),
            ], valueLabel: "images", orientation: .horizontal)))
    }
  }
}

extension LineChart {
  /// A line for every group of curves of which only one can be seen.
  ///
  /// - Parameter names: Of the runs, one for each series.
  fileprivate func notes(on names: [String]) -> [String] {
    coincidingSeries.map { group in
      "\(group.map { names[$0] }.joined(with: "and")) have the same curve, so only one of them is seen"
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
        return Spread(
          evaluations.compactMap { metric.value(of: $0) }
        ).map {
          LineChart.Point(
            x: Double(evaluations[0].classes.count), y: $0.mean, error: $0.deviation)
        }
      })
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
