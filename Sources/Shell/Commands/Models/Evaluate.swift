import CommandLanguage
import Datasets
import Experiments
import Learning
import Metrics
import Networks
import PlainText
import Sessions
import Tensors

extension Command<ShellContext> {
  static var evaluate: ShellCommand {
    let net = Parameter.positional(
      "net", .object(.network, .run),
      "The network, or a run, which classifies as its strategy does.")
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
      ], seeAlso: ["pretrain", "confusion"]
    ) { context, arguments in
      let name = arguments[net].name
      let tasks = try context.tasks(arguments[tasks].name)
      let data = try context.data(tasks.data)
      let result: Evaluation
      if case .run(let run)? = context.session[name] {
        let position = try HeadChoice.position(in: run.run, name, arguments)
        result = try context.evaluation(
          of: run.run, name, tasks, split: arguments[split], head: position)
      } else {
        result = try context.evaluation(
          of: try context.network(name), tasks, split: arguments[split])
      }
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
        warnings: without.isEmpty
          ? [] : ["\(listed(without, "class", "classes")) without images, in no figure"],
        record: [
          "network": name, "accuracy": OrNull(result.accuracy),
          "accuracyMacro": OrNull(result.macroAccuracy), "images": result.total,
        ] as ResultRecord)
    }
  }
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
      throw NetworkProblem.tooFewOutputs(network.architecture.outputs, classes: classes.count)
    }
    return try classify(data, split: split, tasks: tasks.sequence) { images, device in
      network.logits(images, on: device)[0]
    }
  }

  /// A run's answers, as its strategy classifies, on the images of all classes of some tasks.
  ///
  /// - Parameter head: By position among the run's heads.
  mutating func evaluation(
    of run: Run, _ name: String, _ tasks: Tasks, split: DataSet.Split, head: Int
  ) throws -> Evaluation {
    var data = try data(tasks.data)
    data.transform = run.setup.transform
    try checkFits(run.network, data, batch: nil)
    let learned = run.tasks.through(max(0, min(run.tasksDone, run.tasks.count) - 1))
    let known = Set(learned.tasks.flatMap(\.self))
    let wanted = tasks.sequence.tasks.flatMap(\.self)
    guard run.tasksDone > 0, wanted.allSatisfy(known.contains) else {
      throw RunProblem.classesToCome(run: name)
    }
    let result = try classify(data, split: split, tasks: learned) { images, device in
      run.scores(images, data, on: device)[head]
    }
    return result.limited(to: wanted)
  }

  /// Classifies all images of some classes, with a progress bar; Ctrl-C ends it.
  private mutating func classify(
    _ data: DataSet, split: DataSet.Split, tasks: TaskSequence,
    scores: (_ images: Tensor, _ device: Device) -> Tensor
  ) throws -> Evaluation {
    var count = EvaluationCount()
    let device = training.device
    defer { console.progress.finish() }
    while true {
      let total = count.advance(data, split: split, tasks: tasks, on: device) {
        [scores($0, device)]
      }
      console.progress.update(
        Progress("evaluating", completed: count.done, total: total, unit: "image"))
      if count.done == total { return count.results(tasks: tasks)[0] }
      if training.isInterrupted() { throw SessionProblem.stopped }
    }
  }
}
