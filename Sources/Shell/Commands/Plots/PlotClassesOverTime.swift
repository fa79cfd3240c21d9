import CommandLanguage
import Datasets
import Inspection
import Learning
import Metrics
import PlainText
import Plotting
import Sessions

extension Command<ShellContext> {
  static var plotClassesOverTime: ShellCommand {
    let run = Parameter.positional("run", .object(.run, .runs), "The run.")
    let now = Parameter.option(
      "now", .flag, default: false, "Test it as it is now, too: in the middle of a task.")
    return ShellCommand(
      "plot classes-over-time", "Draws the accuracy on each class after each task.",
      category: .plots, effect: .looks, searchWords: ["per class"],
      parameters: [run, now] + PlotAppearance.options(of: .cells),
      formats: .tableAndPicture,
      examples: [
        Example(
          "plot classes-over-time kd > classes.png", "A row for each class, darker is better."),
        Example("plot classes-over-time kd now=on", "With a column for what it knows now."),
      ],
      seeAlso: ["plot matrix", "matrix", "confusion", "plot watch"],
      discussion: """
        Classes are in the order in which they are learned, and lines stand between tasks. Read a row \
        from left to right to see a class being forgotten. The columns are the tests at the ends of \
        tasks, all classes so far competing. In the middle of a task the last of them may be old: that \
        is said, and now=on adds a test of the present state, the new classes included. Runs of several \
        seeds that learn the same classes in each task are shown by their mean.
        """
    ) { context, arguments in
      let name = arguments[run].name
      let set = try context.runSet(name)
      try context.sharedTasks(set, at: run)
      let states = set.runs.map(\.run)
      let wantsNow = arguments[now] && states.allSatisfy { !$0.isBetweenTasks }
      if !wantsNow { _ = try context.evaluatedSet(name) }
      let tested = states.map(\.history.evaluations.count).min() ?? 0
      var columns = (0..<tested).map { task in
        ("\(task + 1)", states.map { $0.history.evaluations[task] })
      }
      if wantsNow {
        var present: [Evaluation] = []
        for (member, state) in set.runs {
          guard let model = Model(state) else { continue }
          let data = try context.data(try context.run(member).data)
          present.append(
            try context.evaluation(
              of: model, member, data, .test, model.tasks.tasks.flatMap(\.self)))
        }
        if !present.isEmpty { columns.append(("now", present)) }
      }
      let classes = columns.last?.1[0].classes ?? []
      let names = try context.labels(of: set.runs[0].name, classes)
      let course = ClassCourse(states[0].tasks, classes, columns)
      let isOld = states.contains(where: \.hasMovedOn) && !wantsNow
      return .picture(
        table: course.table(names: names),
        warnings: (isOld || set.runs.count > 1
          ? context.notes(on: [set]) : context.staleNotes([name]))
          + course.notes + (isOld ? ["now=on tests it as it is now, too"] : []),
        figure: .heatMap(
          course.map(
            title: "Accuracy of \(set.title) on each class, %\(isOld ? set.ageMark : "")",
            names: names)))
    }
  }
}

/// Accuracy on each class after each task.
private struct ClassCourse {
  private let classes: [Int]
  /// Of each class, from 0.
  private let taskOfClass: [Int]
  /// [column][class][seed]
  private let columns: [(name: String, accuracies: [[Double?]])]
  private let withoutImages: [Int]

  init(_ tasks: TaskSequence, _ classes: [Int], _ columns: [(name: String, [Evaluation])]) {
    self.classes = classes
    taskOfClass = classes.map { tasks.taskOfClass[$0] ?? 0 }
    self.columns = columns.map { name, evaluations in
      (name, classes.map { label in evaluations.map { $0.accuracy(on: [label]) } })
    }
    withoutImages = columns.last?.1[0].classesWithoutImages ?? []
  }

  var notes: [String] {
    withoutImages.isEmpty
      ? [] : ["\(listed(withoutImages, "class", "classes")) without test images"]
  }

  func table(names: [String]) -> Table {
    Table(
      ["task", "class", "name"]
        + columns.map { column in
          column.name == "now"
            ? Table.Column("now", key: "now")
            : Table.Column("after \(column.name)", key: "after_\(column.name)", short: column.name)
        },
      rows: classes.indices.map { row in
        let name = names[row].split(separator: " ", maxSplits: 1).last.map(String.init) ?? ""
        return [.integer(taskOfClass[row] + 1), .integer(classes[row]), .text(name)]
          + columns.map { RunSet.cell($0.accuracies[row]) }
      })
  }

  func map(title: String, names: [String]) -> HeatMap {
    var map = HeatMap(
      title: title, rowTitle: "class", columnTitle: "after task", rowLabels: names,
      columnLabels: columns.map(\.name),
      cells: classes.indices.map { row in columns.map { meanOfKnown($0.accuracies[row]) } },
      range: 0...100,
      scaleLabel: "%")
    map.rowBreaks = taskOfClass.indices.dropFirst().filter {
      taskOfClass[$0] != taskOfClass[$0 - 1]
    }
    map.isWide = true
    return map
  }
}
