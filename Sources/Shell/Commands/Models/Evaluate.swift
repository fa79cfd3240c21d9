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
    let tasks = Parameter.required("on", .object(.task, .tasks), "Whose classes: T.1 or T.")
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
      ], seeAlso: ["pretrain", "confusion"]
    ) { context, arguments in
      let name = arguments[net].name
      let tasks = try context.tasks(arguments[tasks].name)
      let data = try context.data(tasks.data)
      let (model, learnedOn) = try context.model(arguments[net], on: tasks, arguments)
      let result = try context.evaluation(
        of: model, name, data, arguments[split], tasks.sequence.tasks.flatMap(\.self))
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
