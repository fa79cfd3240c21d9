import CommandLanguage
import Datasets
import Learning
import Metrics
import PlainText

extension Command<ShellContext> {
  static var matrix: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    let head = HeadChoice.parameter
    return ShellCommand(
      "matrix", "Shows the accuracy on each task's classes after each task.", category: .strategies,
      effect: .looks, parameters: [run, head], formats: .table,
      examples: [
        Example("matrix kd", "Row: after which task. Column: whose classes."),
        Example("matrix kd head=linear", "By the network's own outputs."),
      ], seeAlso: ["plot matrix", "compare", "confusion"],
      discussion: """
        All outputs compete: what is lost on old classes is lost to newer ones. A task without test \
        images is - and left out of every mean.
        """
    ) { context, arguments in
      let name = arguments[run].name
      let run = try context.evaluated(name)
      let evaluations = try HeadChoice.evaluations(of: run, name, arguments)
      let matrix = run.metrics(classifier: arguments[head]).matrix
      var notes: [String] = []
      if let forgetting = matrix.forgetting, let transfer = matrix.backwardTransfer {
        let forward = run.forwardTransfer.map { ", forward transfer \(fixed($0, 2))" } ?? ""
        notes = [
          "ACC \(matrix.meanOverTasks.map { fixed($0, 2) } ?? "-") %, forgetting "
            + "\(fixed(forgetting, 2)), backward transfer \(fixed(transfer, 2))\(forward) points"
        ]
      }
      return CommandOutput(
        table: matrixTable(matrix, tasks: run.tasks.count).showing(name, run),
        notes: notes,
        warnings: imageNotes(of: matrix, evaluations.last, run.tasks.tasks)
          + context.notes(on: name),
        record: [
          "run": name, "rows": matrix.rows, "acc": OrNull(matrix.meanOverTasks),
          "forgetting": OrNull(matrix.forgetting),
          "backwardTransfer": OrNull(matrix.backwardTransfer), "figures": MetricAge(name, run),
        ] as ResultRecord)
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
