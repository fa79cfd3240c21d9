import Learning
import Metrics

/// A row per run or runs of several seeds, a column per task.
func comparisonTable(
  _ sets: [RunSet], _ metric: AccuracyMetric = .accuracy, head: Classifier? = nil
) -> Table {
  let runs = sets.flatMap(\.runs).map(\.run)
  let tasks = runs.map(\.history.evaluations.count).max() ?? 0
  let areSeveral = sets.contains { $0.runs.count > 1 }
  let hasForward = runs.contains { $0.forwardTransfer != nil }
  let settings = VariedSetting.all(of: sets)
  let columns: [Table.Column] =
    ["run", "strategy"] + settings.map(\.column) + (areSeveral ? ["seeds"] : [])
    + (0..<tasks).map { task in
      Table.Column(
        "\(task + 1)", key: "task_\(task + 1)", best: .highest, unit: "%",
        group: metric.headOverTasks)
    }
    + [
      Table.Column("average", short: "avg", best: .highest, unit: "%"),
      Table.Column("ACC", key: "acc", best: .highest, unit: "%"),
      Table.Column("forgetting", short: "forg.", best: .lowest, unit: "%"),
      Table.Column("BWT", key: "backward_transfer", best: .highest, unit: "%"),
    ]
    + (hasForward
      ? [Table.Column("FWT", key: "forward_transfer", best: .highest, unit: "%")] : [])
    + [
      Table.Column("memory", key: "memory_exemplars", short: "mem.", unit: "images"),
      Table.Column("seconds", short: "s"),
    ]
  let rows = sets.map { set -> [Table.Cell] in
    let runs = set.runs.map(\.run)
    let metrics = runs.map { $0.metrics(by: metric, classifier: head) }
    var row: [Table.Cell] = [.text(set.name), .text(runs[0].setup.strategy)]
    row += settings.map { $0.cell(of: runs) }
    if areSeveral { row.append(.integer(runs.count)) }
    row += (0..<tasks).map { task in
      RunSet.cell(metrics.map { task < $0.byTask.count ? $0.byTask[task] : nil })
    }
    row += [
      RunSet.cell(metrics.map(\.average)), RunSet.cell(metrics.map(\.meanOverTasks)),
      RunSet.cell(metrics.map(\.forgetting)), RunSet.cell(metrics.map(\.backwardTransfer)),
    ]
    if hasForward { row.append(RunSet.cell(runs.map { $0.forwardTransfer(by: metric.value) })) }
    row.append(set.memoryCell(runs.map { $0.kept?.inExemplars }))
    row.append(RunSet.cell(runs.map { $0.seconds.value }, decimals: 1))
    return row
  }
  return Table(columns, rows: rows).showing(sets.map(\.runs))
}

extension AccuracyMetric {
  /// Over the columns of the tasks.
  fileprivate var headOverTasks: String {
    switch self {
    case .accuracy: "accuracy after task"
    case .macro: "mean over classes after task"
    case .taskMasked: "task-masked accuracy after task"
    }
  }
}

/// A row per run and task.
func curves(_ sets: [RunSet]) -> Table {
  let settings = VariedSetting.all(of: sets)
  let rows = sets.flatMap(\.runs).flatMap { name, run in
    let matrix = run.metrics().matrix
    return run.history.evaluations.enumerated().map { task, evaluation -> [Table.Cell] in
      [
        .text(name), .text(run.setup.strategy), .integer(run.setup.seed), .integer(task + 1),
        .integer(evaluation.classes.count), .percent(evaluation.accuracy),
        .percent(evaluation.macroAccuracy), .percent(evaluation.taskMaskedAccuracy),
        head(.linear, run, task), head(.nearestMean, run, task),
        .percent(meanOfKnown(matrix.rows[task])), .text(run.checkpointName(name)),
      ] + settings.map { $0.cell(of: [run]) }
    }
  }
  return Table(
    [
      "run", "strategy", "seed", "task", "classes_seen", "accuracy", "accuracy_macro",
      "accuracy_task_masked", "accuracy_linear", "accuracy_nearest_mean", "acc",
      Table.Column(Table.place),
    ] + settings.map(\.column), rows: rows)
}

/// Accuracy by one head after a task, if the run has it.
private func head(_ head: Classifier, _ run: Run, _ task: Int) -> Table.Cell {
  guard let evaluations = run.evaluations(by: head), evaluations.indices.contains(task) else {
    return .missing
  }
  return .percent(evaluations[task].accuracy)
}
