import Datasets
import Learning
import Metrics
import PlainText
import Plotting
import Sessions

/// What was measured of a run while it learned, with what follows from it.
struct WatchCourse {
  let name: String
  let watch: Watch
  let evaluation: ContinualEvaluation
  /// Where tasks begin, in training steps.
  let borders: [LineChart.Border]

  /// - Parameter test: The images that the targets are of.
  init(_ name: String, _ watch: Watch, _ run: Run, _ test: ImageSet) {
    self.name = name
    self.watch = watch
    let ends = run.stepsAtTaskEnds
    let taskOfClass = run.tasks.taskOfClass
    let learnedIn = watch.targets.map { target in
      let images = target.images.filter(test.labels.indices.contains)
      return Set(images.map { test.labels[$0] }).compactMap { taskOfClass[$0] }.max()
        ?? run.tasks.count
    }
    evaluation = ContinualEvaluation(
      watch.rows.map { .init(steps: $0.steps, accuracies: $0.accuracies) }, learnedIn: learnedIn,
      ends: ends)
    borders = ends.prefix(run.tasks.count - 1).enumerated().map {
      .init(x: Double($1), label: "task \($0 + 2)")
    }
  }

  /// A row for each measurement.
  var table: Table {
    let outputs = watch.rows.map(\.logits.count).max() ?? 0
    func cell(_ figure: Double?) -> Table.Cell {
      figure.map { .number($0, decimals: 1) } ?? .missing
    }
    return Table(
      [Table.Column("task"), Table.Column("batches"), "loss"]
        + watch.targets.map { Table.Column("\($0.name) %", key: "accuracy_\($0.name)") }
        + (hasFigures
          ? [
            Table.Column("forgetting"), Table.Column("min-ACC", key: "min_acc"),
            Table.Column("WC-ACC", key: "wc_acc"),
          ] : [])
        + (0..<outputs).map { Table.Column("logit \($0)", key: "logit_\($0)") },
      rows: zip(watch.rows, evaluation.figures).map { row, figures in
        [
          .integer(row.task + 1), .integer(row.steps),
          row.loss.map { .number($0, decimals: 4) } ?? .missing,
        ] + row.accuracies.map(cell)
          + (hasFigures ? [figures.forgetting, figures.minimum, figures.worstCase].map(cell) : [])
          + row.logits.map { .number(Double($0), decimals: 3) }
      })
  }

  /// Whether there is an old task that something can be said of.
  var hasFigures: Bool { evaluation.forgetting != nil }

  /// The figures of now and of all, in two sentences; nil without an old task.
  var summary: [String] {
    guard hasFigures, let last = evaluation.figures.last else { return [] }
    var lines: [String] = []
    if let gap = evaluation.stabilityGap, let recovery = evaluation.recovery {
      lines.append(
        "stability gap \(fixed(gap, 1)) points: so far an old task falls while a later one is learned "
          + "(mean of \(evaluation.gaps.count)); \(fixed(recovery, 1)) points come back by its end")
    }
    let now = [
      last.minimum.map { "min-ACC \(fixed($0, 1)) %" },
      last.worstCase.map { "WC-ACC \(fixed($0, 1)) %" },
      last.forgetting.map { "forgetting \(fixed($0, 1)) points now" },
      evaluation.forgetting.map { "\(fixed($0, 1)) on average over the batches" },
    ]
    lines.append(now.compactMap(\.self).joined(separator: ", ") + " ('explain stability-gap')")
    return lines
  }

  /// For other programs.
  var record: ResultRecord {
    [
      "stabilityGap": OrNull(evaluation.stabilityGap), "recovery": OrNull(evaluation.recovery),
      "minAcc": OrNull(evaluation.figures.last?.minimum),
      "wcAcc": OrNull(evaluation.figures.last?.worstCase),
      "forgetting": OrNull(evaluation.figures.last?.forgetting),
      "meanForgetting": OrNull(evaluation.forgetting),
      "gaps": evaluation.gaps.map { gap -> ResultRecord in
        [
          "on": watch.targets[gap.target].name, "task": gap.task + 1, "before": gap.before,
          "lowest": gap.lowest, "after": gap.after, "gap": gap.depth, "recovered": gap.recovered,
        ]
      },
    ]
  }
}

extension Run {
  /// Training steps that had been taken at the end of each task that is done.
  var stepsAtTaskEnds: [Int] {
    (0..<tasksDone).map { task in
      history.epochs.reduce(0) { $0 + ($1.task <= task ? $1.batches : 0) }
    }
  }
}

extension ShellContext {
  /// What was measured of a run.
  func watchCourse(of name: String) throws -> WatchCourse {
    let object = try run(name)
    guard let watch = object.watch else { throw ModelProblem.notWatched(run: name) }
    return WatchCourse(name, watch, object.run, try data(object.data).test)
  }
}
