import CommandLanguage
import Datasets
import Learning
import Metrics
import PlainText

extension Command<ShellContext> {
  static var matrix: ShellCommand {
    let run = Parameter.positional("run", .object(.run, .runs), "The run.")
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
        images is - and left out of every mean. Of runs of several seeds each cell is their mean with the \
        standard deviation.
        """
    ) { context, arguments in
      let name = arguments[run].name
      let set = try context.evaluatedSet(name)
      let evaluations = try set.runs.map {
        try HeadChoice.evaluations(of: $0.run, $0.name, arguments)
      }
      let matrices = set.runs.map { $0.run.metrics(classifier: arguments[head]).matrix }
      var notes: [String] = []
      if matrices.contains(where: { $0.forgetting != nil && $0.backwardTransfer != nil }) {
        let forward = set.runs.map(\.run.forwardTransfer)
        notes = [
          "ACC \(RunSet.words(matrices.map(\.meanOverTasks))) %, forgetting "
            + "\(RunSet.words(matrices.map(\.forgetting))), backward transfer "
            + RunSet.words(matrices.map(\.backwardTransfer))
            + (forward.contains { $0 != nil }
              ? ", forward transfer \(RunSet.words(forward))" : "") + " points"
        ]
      }
      let first = set.runs[0]
      let isOne = set.runs.count == 1
      var output = CommandOutput(
        table: matrixTable(matrices, tasks: first.run.tasks.count).showing(set),
        notes: notes,
        warnings: imageNotes(of: matrices[0], evaluations[0].last, first.run.tasks.tasks)
          + (isOne ? context.notes(on: name) : context.notes(on: [set])))
      if !isOne { output.lines = ["\(set.title) ± standard deviation"] }
      let records = zip(set.runs, matrices).map { member, matrix -> ResultRecord in
        [
          "run": member.name, "rows": matrix.rows, "acc": OrNull(matrix.meanOverTasks),
          "forgetting": OrNull(matrix.forgetting),
          "backwardTransfer": OrNull(matrix.backwardTransfer),
          "figures": MetricAge(member.name, member.run),
        ]
      }
      output.record =
        isOne
        ? records[0]
        : [
          "run": name, "rows": meanMatrix(matrices), "runs": records,
        ] as ResultRecord
      return output
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
