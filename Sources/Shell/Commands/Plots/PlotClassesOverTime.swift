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
    let run = Parameter.positional("run", .object(.run), "The run.")
    let now = Parameter.option(
      "now", .flag, default: false, "Test it as it is now, too: in the middle of a task.")
    return ShellCommand(
      "plot classes-over-time", "Draws the accuracy on each class after each task.",
      category: .plots, effect: .looks, searchWords: ["per class"],
      parameters: [run, now], formats: .table + .picture.filter { $0 != "html" },
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
        is said, and now=on adds a test of the present state, the new classes included.
        """
    ) { context, arguments in
      let name = arguments[run].name
      let object = try context.run(name)
      let state = object.run
      let wantsNow = arguments[now] && !state.isBetweenTasks
      if !wantsNow { _ = try context.evaluated(name) }
      var columns = state.history.evaluations.enumerated().map { ("\($0 + 1)", $1) }
      if wantsNow, let model = Model(state) {
        let data = try context.data(object.data)
        let evaluation = try context.evaluation(
          of: model, name, data, .test, model.tasks.tasks.flatMap(\.self))
        columns.append(("now", evaluation))
      }
      let classes = columns.last?.1.classes ?? []
      let names = try context.labels(of: name, classes)
      let course = ClassCourse(state.tasks, classes, columns)
      let isOld = state.hasMovedOn && !wantsNow
      return .picture(
        table: course.table(names: names),
        warnings: (isOld ? context.notes(on: name) : context.staleNotes([name]))
          + course.notes + (isOld ? ["now=on tests it as it is now, too"] : []),
        figure: .heatMap(
          course.map(
            title: "Accuracy of \(name) on each class, %\(isOld ? state.ageMark : "")",
            names: names)))
    }
  }
}

/// Accuracy on each class after each task.
private struct ClassCourse {
  private let classes: [Int]
  /// Of each class, from 0.
  private let taskOfClass: [Int]
  private let columns: [(name: String, accuracies: [Double?])]
  private let withoutImages: [Int]

  init(_ tasks: TaskSequence, _ classes: [Int], _ columns: [(name: String, Evaluation)]) {
    self.classes = classes
    taskOfClass = classes.map { label in tasks.tasks.firstIndex { $0.contains(label) } ?? 0 }
    self.columns = columns.map { name, evaluation in
      (name, classes.map { evaluation.accuracy(on: [$0]) })
    }
    withoutImages = columns.last?.1.classesWithoutImages ?? []
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
          + columns.map { .percent($0.accuracies[row]) }
      })
  }

  func map(title: String, names: [String]) -> HeatMap {
    var map = HeatMap(
      title: title, rowTitle: "class", columnTitle: "after task", rowLabels: names,
      columnLabels: columns.map(\.name),
      cells: classes.indices.map { row in columns.map { $0.accuracies[row] } }, range: 0...100,
      scaleLabel: "%")
    map.rowBreaks = taskOfClass.indices.dropFirst().filter {
      taskOfClass[$0] != taskOfClass[$0 - 1]
    }
    map.isWide = true
    return map
  }
}
