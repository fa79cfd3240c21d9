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
      "model", .object(.network, .run, .checkpoint),
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
      ], seeAlso: ["pretrain", "confusion", "select"]
    ) { context, arguments in
      let name = arguments[net].name
      let isOnData = arguments[tasks].kind == .data
      let (model, learnedOn, tasks) = try context.asked(
        arguments[net], on: arguments[tasks], arguments)
      let data = try context.data(tasks.data)
      let result = try context.evaluation(
        of: model, name, data, arguments[split], tasks.sequence.tasks.flatMap(\.self))
      guard result.total > 0 || !isOnData else { throw ModelProblem.noImages(arguments[split]) }
      let classes = result.classes
      let rows = classes.indices.map { row -> [Table.Cell] in
        let count = result.confusion[row].reduce(0, +)
        let right = result.confusion[row][row]
        return [
          .integer(classes[row]), .text(data.classNames[classes[row]]), .integer(count),
          .integer(right),
          count == 0 ? .missing : .number(100 * Double(right) / Double(count), decimals: 2),
        ]
      }
      let without = result.classesWithoutImages
      return CommandOutput(
        "accuracy \(percentText(result.accuracy)) of \(counted(result.total, "image")), "
          + "mean over classes \(percentText(result.macroAccuracy))",
        table: Table([Table.Column("class"), "name", "images", "right", "accuracy"], rows: rows),
        warnings: (without.isEmpty
          ? [] : ["\(listed(without, "class", "classes")) without images, in no figure"])
          + context.classNamesNote(model, learnedOn: learnedOn, given: data),
        record: [
          "network": name, "accuracy": OrNull(result.accuracy),
          "accuracyMacro": OrNull(result.macroAccuracy), "images": result.total,
        ] as ResultRecord)
    }
  }
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
