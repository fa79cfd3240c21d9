import CommandLanguage
import Datasets
import Learning
import Metrics
import Networks
import Sessions

extension Command<ShellContext> {
  static var evaluate: ShellCommand {
    let net = Parameter.positional("net", .object(.network), "The network.")
    let tasks = Parameter.required("on", .object(.task, .tasks), "Whose classes: T.1 or T.")
    let split = Parameter.option(
      "split", .choice(of: DataSet.Split.self), default: .test, "Which images.")
    return ShellCommand(
      "evaluate", "Measures a network's accuracy on a task's images.", category: .models,
      searchWords: ["test", "score"], parameters: [net, tasks, split],
      formats: .table,
      examples: [Example("evaluate net on=T.1", "Accuracy over all images and over classes.")],
      seeAlso: ["pretrain", "confusion"]
    ) { context, arguments in
      let network = try context.network(arguments[net].name)
      let tasks = try context.tasks(arguments[tasks].name)
      let data = try context.data(tasks.data)
      let result = try context.evaluation(of: network, tasks, split: arguments[split])
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
      return CommandOutput(
        "accuracy \(percentText(result.accuracy)) of \(counted(result.total, "image")), "
          + "mean over classes \(percentText(result.macroAccuracy))",
        table: Table([Table.Column("class"), "name", "images", "right", "accuracy"], rows: rows),
        record: EvaluationRecord(
          network: arguments[net].name, accuracy: result.accuracy,
          accuracyMacro: result.macroAccuracy, images: result.total))
    }
  }
}

private struct EvaluationRecord: Encodable {
  var network: String
  var accuracy: Double
  var accuracyMacro: Double
  var images: Int
}

extension ShellContext {
  /// A network's answers on the images of all classes of some tasks.
  mutating func evaluation(
    of network: Network, _ tasks: Tasks, split: DataSet.Split = .test
  ) throws -> Evaluation {
    let data = try data(tasks.data)
    let classes = tasks.sequence.tasks.flatMap(\.self)
    try checkFits(network, data, batch: nil)
    guard network.architecture.outputs >= classes.count else {
      throw Failure(
        "the network has \(counted(network.architecture.outputs, "output")) for "
          + counted(classes.count, "class", "classes"),
        help: "help pretrain")
    }
    return try classify(network, data, split: split, tasks: tasks.sequence)
  }

  /// Classifies all images of some classes, with a progress bar; Ctrl-C ends it.
  mutating func classify(
    _ network: Network, _ data: DataSet, split: DataSet.Split, tasks: TaskSequence
  ) throws -> Evaluation {
    var count = EvaluationCount()
    defer { progress.finish() }
    while true {
      let total = count.advance(network, data, split: split, tasks: tasks, on: device)
      progress.update(
        Progress("evaluating", completed: count.done, total: total, unit: "image"))
      if count.done == total { return count.results(tasks: tasks)[0] }
      if isInterrupted() { throw Failure("stopped") }
    }
  }
}
