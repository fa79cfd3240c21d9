import CommandLanguage
import Datasets
import Learning
import Metrics
import Plotting
import Sessions

extension Command<ShellContext> {
  static var matrix: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    let head = HeadChoice.parameter
    return ShellCommand(
      "matrix", "Shows the accuracy on each task's classes after each task.",
      category: .strategies, parameters: [run, head], formats: .table,
      examples: [
        Example("matrix kd", "Row: after which task. Column: whose classes."),
        Example("matrix kd head=linear", "By the network's own outputs."),
      ],
      seeAlso: ["plot matrix", "compare", "confusion"],
      discussion: """
        All outputs compete: what is lost on old classes is lost to newer ones. A task without test \
        images is - and left out of every mean.
        """
    ) { context, arguments in
      let name = arguments[run].name
      let run = try context.evaluated(name)
      let evaluations = try HeadChoice.evaluations(of: run, name, arguments)
      let matrix = run.figures(head: arguments[head]).matrix
      let columns = (0..<run.tasks.count).map {
        Table.Column("task \($0 + 1)", key: "task_\($0 + 1)")
      }
      let rows = matrix.rows.enumerated().map { after, row -> [Table.Cell] in
        [.integer(after + 1)]
          + columns.indices.map {
            .percent($0 < row.count ? row[$0] : nil)
          }
      }
      var notes: [String] = []
      if let forgetting = matrix.forgetting, let transfer = matrix.backwardTransfer {
        let forward = run.forwardTransfer.map { ", forward transfer \(fixed($0, 2))" } ?? ""
        notes = [
          "ACC \(matrix.meanOverTasks.map { fixed($0, 2) } ?? "-") %, forgetting "
            + "\(fixed(forgetting, 2)), backward transfer \(fixed(transfer, 2))\(forward) points"
        ]
      }
      return CommandOutput(
        table: Table([Table.Column("after", key: "after_task")] + columns, rows: rows)
          .showing(name, run),
        notes: notes,
        warnings: imageNotes(of: matrix, evaluations.last, run.tasks.tasks)
          + context.notes(on: name),
        record: MatrixRecord(
          run: name, rows: matrix.rows, acc: OrNull(matrix.meanOverTasks),
          forgetting: OrNull(matrix.forgetting),
          backwardTransfer: OrNull(matrix.backwardTransfer), figures: FigureAge(name, run)))
    }
  }

  static var confusion: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    let task = Parameter.optional("task", .integer(1...1000), "After which task; else the last.")
    let top = Parameter.option(
      "top", .integer(1...10_000), default: 20, "The most frequent mistakes, so many.")
    let head = HeadChoice.parameter
    return ShellCommand(
      "confusion", "Shows which classes are taken for which.", category: .strategies,
      searchWords: ["confusion_matrix"], parameters: [run, task, top, head],
      formats: .table,
      examples: [
        Example("confusion kd top=5", "The five most frequent mistakes."),
        Example("confusion kd > confusion.csv", "The whole matrix."),
      ],
      seeAlso: ["plot confusion", "matrix"]
    ) { context, arguments in
      let name = arguments[run].name
      let run = try context.evaluated(name)
      let evaluations = try HeadChoice.evaluations(of: run, name, arguments)
      let evaluation = try context.evaluation(of: name, task: arguments[task], in: evaluations)
      let labels = try context.labels(of: name, evaluation.classes)
      let record = ConfusionRecord(
        run: name, afterTask: arguments[task] ?? evaluations.count, classes: evaluation.classes,
        counts: evaluation.confusion, figures: FigureAge(name, run))
      // Who names a task asks for what was then.
      let warnings =
        arguments[task] == nil ? context.notes(on: name) : context.staleNotes([name])
      func marked(_ table: Table) -> Table {
        arguments[task] == nil ? table.showing(name, run) : table
      }
      let format = arguments.format ?? arguments.output?.ending ?? ""
      if format == "csv" || format == "md" {
        return CommandOutput(table: marked(whole(evaluation)), warnings: warnings, record: record)
      }
      let mistakes = evaluation.mistakes.prefix(arguments[top])
      let rows = mistakes.map { mistake -> [Table.Cell] in
        [
          .integer(mistake.count), .text(labels[mistake.row]), .text(labels[mistake.column]),
        ]
      }
      return CommandOutput(
        "\(grouped(evaluation.correct)) of \(counted(evaluation.total, "image")) right",
        table: Table(
          ["count", Table.Column("is"), Table.Column("was taken for", key: "taken_for")], rows: rows
        ),
        warnings: warnings, record: record)
    }
  }
}

/// What the matrix tells nothing of, for want of test images.
private func imageNotes(
  of matrix: AccuracyMatrix, _ evaluation: Evaluation?, _ tasks: [[Int]]
) -> [String] {
  let last = matrix.rows.last ?? []
  let untested = last.indices.filter { last[$0] == nil }
  let classes = (evaluation?.classesWithoutImages ?? []).filter { label in
    !untested.contains { tasks[$0].contains(label) }
  }
  return
    (untested.isEmpty
    ? []
    : ["\(listed(untested.map { $0 + 1 }, "task")) without test images: -, and in no mean"])
    + (classes.isEmpty
      ? [] : ["\(listed(classes, "class", "classes")) without test images, in no figure"])
}

private func whole(_ evaluation: Evaluation) -> Table {
  let columns = evaluation.classes.map { Table.Column("\($0)") }
  let rows = evaluation.confusion.enumerated().map { row, counts -> [Table.Cell] in
    [.integer(evaluation.classes[row])] + counts.map { .integer($0) }
  }
  return Table(["class"] + columns, rows: rows)
}

private struct MatrixRecord: Encodable {
  var run: String
  /// [after task][on task], in percent; null for a task without test images.
  var rows: [[Double?]]
  var acc: OrNull<Double>
  var forgetting: OrNull<Double>
  var backwardTransfer: OrNull<Double>
  var figures: FigureAge
}

private struct ConfusionRecord: Encodable {
  var run: String
  var afterTask: Int
  var classes: [Int]
  /// [true class][predicted class].
  var counts: [[Int]]
  /// Of the run's last test.
  var figures: FigureAge
}

extension ShellContext {
  /// A run that has been tested at least once.
  func evaluated(_ name: String) throws -> Run {
    let run = try run(name).run
    guard !run.history.evaluations.isEmpty else {
      throw Failure("'\(name)' has not finished a task yet", help: "step \(name)")
    }
    return run
  }

  /// - Parameter task: From 1; the last if nil.
  func evaluation(
    of name: String, task: Int?, in evaluations: [Evaluation]? = nil
  ) throws -> Evaluation {
    let evaluations = try evaluations ?? evaluated(name).history.evaluations
    let number = task ?? evaluations.count
    guard evaluations.indices.contains(number - 1) else {
      throw Failure(
        "'\(name)' has finished \(counted(evaluations.count, "task")), not \(number)",
        parameter: "task")
    }
    return evaluations[number - 1]
  }

  /// `14 Stop`, or the bare number where the data set is gone.
  func labels(of name: String, _ classes: [Int]) throws -> [String] {
    let names = (try? data(try run(name).data))?.classNames ?? []
    return classes.map { names.indices.contains($0) ? "\($0) \(names[$0])" : "\($0)" }
  }
}
