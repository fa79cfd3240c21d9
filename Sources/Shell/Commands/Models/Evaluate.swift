import CommandLanguage
import Datasets
import Inspection
import Learning
import Metrics
import PlainText
import Sessions

extension Command<ShellContext> {
  static var evaluate: ShellCommand {
    let net = Parameter.positional(
      "model", .object(.network, .run, .runs, .checkpoint),
      "A network, or a run or checkpoint, which classifies as its strategy does.")
    let tasks = Parameter.required(
      "on", .object(.task, .tasks, .data),
      "Whose images: T.1 or T; of a data set those of all classes that were learned.")
    let split = Parameter.split(default: .test)
    let head = HeadChoice.parameter
    return ShellCommand(
      "evaluate", "Measures a network's accuracy on a task's images.", category: .models,
      effect: .looks, searchWords: ["test", "score"], parameters: [net, tasks, split, head],
      formats: .table,
      examples: [
        Example("evaluate net on=T.1", "Accuracy over all images and over classes."),
        Example("evaluate kd on=T.1", "The same for a run, with all its outputs competing."),
        Example("evaluate kd@1 on=T.1", "What the run knew of task 1 after it."),
        Example("evaluate kd on=dark", "On some of the images, which 'select' chose."),
      ], seeAlso: ["pretrain", "confusion", "select"],
      discussion: "Of runs of several seeds each figure is their mean with the standard deviation."
    ) { context, arguments in
      let name = arguments[net].name
      let isOnData = arguments[tasks].kind == .data
      var notes: [String] = []
      var results: [(name: String, result: Evaluation)] = []
      var classNames: [String] = []
      for member in context.members(of: arguments[net]) {
        let (model, learnedOn, tasks) = try context.asked(
          member, on: arguments[tasks], head: arguments.head)
        let data = try context.data(tasks.data)
        let result = try context.evaluation(
          of: model, member.name, data, arguments[split], tasks.sequence.tasks.flatMap(\.self))
        guard result.total > 0 || !isOnData else { throw ModelProblem.noImages(arguments[split]) }
        results.append((member.name, result))
        classNames = data.classNames
        for note in context.classNamesNote(model, learnedOn: learnedOn, given: data)
        where !notes.contains(note) {
          notes.append(note)
        }
      }
      return evaluationOutput(name, results, classNames, notes)
    }
  }
}

/// What `evaluate` shows.
///
/// - Parameter results: One, or those of several seeds.
private func evaluationOutput(
  _ name: String, _ results: [(name: String, result: Evaluation)], _ classNames: [String],
  _ notes: [String]
) -> CommandOutput {
  let first = results[0].result
  // The seeds may have met the classes in another order.
  let known = Set(results.flatMap(\.result.classes))
  let classes = first.classes + known.subtracting(first.classes).sorted()
  let rows = classes.map { label -> [Table.Cell] in
    let counts = results.compactMap { _, result in
      result.classes.firstIndex(of: label).map { row in
        (images: result.confusion[row].reduce(0, +), right: result.confusion[row][row])
      }
    }
    let right = counts.map { Double($0.right) }
    return [
      .integer(label), .text(classNames[label]), .integer(counts[0].images),
      results.count == 1
        ? .integer(counts[0].right) : RunSet.cell(right.map(Optional.some), decimals: 1),
      RunSet.cell(
        counts.map { $0.images == 0 ? nil : 100 * Double($0.right) / Double($0.images) }),
    ]
  }
  let without = first.classesWithoutImages
  let accuracies = results.map(\.result.accuracy)
  let macro = results.map(\.result.macroAccuracy)
  let members =
    results.count == 1 ? "" : ", mean of \(results.count) seeds ± standard deviation"
  let isKnown = accuracies.contains { $0 != nil }
  return CommandOutput(
    "accuracy \(RunSet.words(accuracies, unit: isKnown ? " %" : "")) of "
      + "\(counted(first.total, "image")), mean over classes "
      + RunSet.words(macro, unit: isKnown ? " %" : "") + members,
    table: Table([Table.Column("class"), "name", "images", "right", "accuracy"], rows: rows),
    warnings: (without.isEmpty
      ? [] : ["\(listed(without, "class", "classes")) without images, in no figure"]) + notes,
    record: evaluationRecord(name, results))
}

private func evaluationRecord(
  _ name: String, _ results: [(name: String, result: Evaluation)]
) -> ResultRecord {
  let record: ResultRecord = [
    "network": name, "accuracy": OrNull(meanOfKnown(results.map(\.result.accuracy))),
    "accuracyMacro": OrNull(meanOfKnown(results.map(\.result.macroAccuracy))),
    "images": results[0].result.total,
  ]
  guard results.count > 1 else { return record }
  return record
    + [
      "runs": results.map { member, result -> ResultRecord in
        [
          "name": member, "accuracy": OrNull(result.accuracy),
          "accuracyMacro": OrNull(result.macroAccuracy),
        ]
      }
    ]
}

extension ShellContext {
  /// A model's answers on the images of some of the classes that it knows, all of its outputs
  /// competing; with a progress bar, and Ctrl-C ends it.
  mutating func evaluation(
    of model: Model, _ name: String, _ data: DataSet, _ split: DataSet.Split, _ wanted: [Int]
  ) throws -> Evaluation {
    guard Set(wanted).isSubset(of: model.tasks.tasks.joined()) else {
      throw RunProblem.classesToCome(run: name)
    }
    let data = model.prepared(data)
    try checkFits(model.network, data, batch: nil)
    var count = EvaluationCount()
    let device = training.device
    defer { console.progress.finish() }
    while true {
      let total = count.advance(data, split: split, tasks: model.tasks, on: device) {
        [model.scores($0, data, on: device)]
      }
      console.progress.update(
        Progress("evaluating", completed: count.done, total: total, unit: "image"))
      if count.done == total {
        return count.results(tasks: model.tasks)[0].limited(to: wanted)
      }
      if training.isInterrupted() { throw SessionProblem.stopped }
    }
  }
}
