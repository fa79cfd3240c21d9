import CommandLanguage
import Learning
import Metrics
import Sessions

/// What `compare` looks at.
enum CompareMetric: String, CaseIterable, Sendable {
  case accuracy
  case macro
  case taskMasked = "task-masked"

  func value(of evaluation: Evaluation) -> Double? {
    switch self {
    case .accuracy: evaluation.accuracy
    case .macro: evaluation.macroAccuracy
    case .taskMasked: evaluation.taskMaskedAccuracy
    }
  }
}

extension Command<ShellContext> {
  static var compare: ShellCommand {
    let runs = Parameter.optionalPositional(
      "runs", .list(of: .object(.run, .runs)), "The runs, [ft, kd]; else all.")
    let metric = Parameter.option(
      "metric", .choice(of: CompareMetric.self), default: .accuracy,
      "Over all images, the mean over classes, or with only the outputs of an image's own task.")
    let head = HeadChoice.parameter
    let by = Parameter.option("by", .choice(["task"]), default: "task", "What the columns are.")
    let each = Parameter.option(
      "each", .flag, default: false, "A row for every seed, instead of mean ± deviation.")
    return ShellCommand(
      "compare", "Puts runs side by side: accuracy after each task, average, forgetting.",
      category: .strategies, parameters: [runs, metric, head, by, each],
      formats: .table,
      examples: [
        Example("compare [ft, kd]", "A row per run."),
        Example("compare > curves.csv", "A row per run and task, for other programs."),
        Example("compare metric=task-masked", "If the task of every image were told."),
        Example(
          "compare head=nearest-mean", "By the means of exemplars, where a strategy has them."),
        Example("compare each=on", "Every seed by itself."),
      ],
      seeAlso: ["plot accuracy", "matrix", "run"],
      discussion: """
        average: mean of the accuracies after each task. forgetting: mean over the tasks but the \
        last of the best accuracy on a task before the end less the one at the end. BWT: the \
        same against the accuracy when the task was just learned, with the sign turned. FWT, with \
        scenario=domain: mean over the tasks but the first of the accuracy on a task just before \
        it is learned less that of guessing. memory: all that is kept besides the network, counted \
        in images of 32×32×3 bytes. Runs of several seeds are one row: mean ± standard deviation \
        of the sample.
        """
    ) { context, arguments in
      let sets = try context.runSets(arguments[runs], each: arguments[each])
      let output = arguments.output?.ending ?? arguments.format ?? ""
      let format = arguments.format ?? output
      let table =
        format == "csv"
        ? curves(sets.flatMap(\.runs))
        : comparisonTable(sets, arguments[metric], head: arguments[head])
      return CommandOutput(
        table: table, notes: context.staleNotes(sets.flatMap { $0.runs.map(\.name) }),
        record: ComparisonRecord(sets, arguments[metric], arguments[head]))
    }
  }
}

private struct ComparisonRecord: Encodable {
  var metric: String
  var unit = "percent"
  var runs: [RunRecord]
  /// Runs of several seeds taken together.
  var groups: [Group]

  struct Group: Encodable {
    var name: String
    var runs: [String]
    var byTask: [SpreadRecord]
    var byTaskMacro: [SpreadRecord]
    var average: SpreadRecord?
    var final: SpreadRecord?
    var forgetting: SpreadRecord?
    var seconds: SpreadRecord?
  }

  struct SpreadRecord: Encodable {
    var mean: Double
    var deviation: OrNull<Double>
    var count: Int

    init?(_ values: [Double?]) {
      guard let spread = Spread(values.compactMap(\.self)) else { return nil }
      (mean, deviation, count) = (spread.mean, OrNull(spread.deviation), spread.count)
    }
  }

  init(_ sets: [RunSet], _ metric: CompareMetric, _ head: ClassifierHead?) {
    self.metric = metric.rawValue
    runs = sets.flatMap(\.runs).map { RunRecord($0.name, $0.run, metric, head: head) }
    groups = sets.filter { $0.runs.count > 1 }.map { set in
      let records = set.runs.map { RunRecord($0.name, $0.run, metric, head: head) }
      func byTask(_ values: (RunRecord) -> [Double]) -> [SpreadRecord] {
        let rows = records.map(values)
        return (0..<(rows.map(\.count).max() ?? 0)).compactMap { task in
          SpreadRecord(rows.map { task < $0.count ? $0[task] : nil })
        }
      }
      return Group(
        name: set.name, runs: records.map(\.name), byTask: byTask(\.byTask),
        byTaskMacro: byTask(\.byTaskMacro), average: SpreadRecord(records.map(\.average.value)),
        final: SpreadRecord(records.map(\.final.value)),
        forgetting: SpreadRecord(records.map(\.forgetting.value)),
        seconds: SpreadRecord(records.map(\.seconds)))
    }
  }
}

/// A row per run or runs of several seeds, a column per task.
func comparisonTable(
  _ sets: [RunSet], _ metric: CompareMetric = .accuracy, head: ClassifierHead? = nil
) -> Table {
  let tasks = sets.flatMap(\.runs).map(\.run.history.evaluations.count).max() ?? 0
  let areSeveral = sets.contains { $0.runs.count > 1 }
  let hasForward = sets.flatMap(\.runs).contains { $0.run.forwardTransfer != nil }
  let columns: [Table.Column] =
    ["run", "strategy"] + (areSeveral ? ["seeds"] : [])
    + (0..<tasks).map { Table.Column("\($0 + 1)", key: "task_\($0 + 1)") }
    + [
      Table.Column("average", short: "avg"), Table.Column("forgetting", short: "forg."),
      Table.Column("BWT", key: "backward_transfer"),
    ] + (hasForward ? [Table.Column("FWT", key: "forward_transfer")] : [])
    + [
      Table.Column("memory", key: "memory_exemplars", short: "mem."),
      Table.Column("seconds", short: "s"),
    ]
  let rows = sets.map { set -> [Table.Cell] in
    let records = set.runs.map { RunRecord($0.name, $0.run, metric, head: head) }
    func cell(decimals: Int = 2, _ figure: (RunRecord) -> Double?) -> Table.Cell {
      RunSet.cell(records.map(figure), decimals: decimals)
    }
    return [.text(set.name), .text(records[0].strategy)]
      + (areSeveral ? [.integer(records.count)] : [])
      + (0..<tasks).map { task in
        cell { record in
          let values = record.values(metric)
          return task < values.count ? values[task] : nil
        }
      }
      + [
        cell { $0.average.value }, cell { $0.forgetting.value },
        cell { $0.backwardTransfer.value },
      ] + (hasForward ? [cell { $0.forwardTransfer.value }] : [])
      + [cell(decimals: 0) { $0.memoryExemplars.value }, cell(decimals: 1) { $0.seconds }]
  }
  return Table(columns, rows: rows)
}

/// A row per run and task.
private func curves(_ runs: [(name: String, run: Run)]) -> Table {
  let rows = runs.flatMap { name, run in
    run.history.evaluations.enumerated().map { task, evaluation -> [Table.Cell] in
      [
        .text(name), .text(run.setup.strategy), .integer(run.setup.seed), .integer(task + 1),
        .integer(evaluation.classes.count), .number(evaluation.accuracy, decimals: 2),
        .number(evaluation.macroAccuracy, decimals: 2),
        evaluation.taskMaskedAccuracy.map { .number($0, decimals: 2) } ?? .missing,
        head(.linear, run, task), head(.nearestMean, run, task),
      ]
    }
  }
  return Table(
    [
      "run", "strategy", "seed", "task", "classes_seen", "accuracy", "accuracy_macro",
      "accuracy_task_masked", "accuracy_linear", "accuracy_nearest_mean",
    ], rows: rows)
}

/// Accuracy by one head after a task, if the run has it.
private func head(_ head: ClassifierHead, _ run: Run, _ task: Int) -> Table.Cell {
  guard let evaluations = run.evaluations(by: head), evaluations.indices.contains(task) else {
    return .missing
  }
  return .number(evaluations[task].accuracy, decimals: 2)
}
