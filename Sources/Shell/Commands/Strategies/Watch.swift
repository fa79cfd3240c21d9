import CommandLanguage
import Datasets
import Experiments
import Learning
import PlainText
import Sessions

extension Command<ShellContext> {
  static var watch: ShellCommand {
    let run = Parameter.optionalPositional(
      "run", .object(.run, .runs),
      "The run, or each of those of several seeds (default: the last one used).")
    let tasks = Parameter.optional(
      "on", .list(of: .object(.task, .tasks)),
      "Whose accuracy is measured: [T.1, T.2], or T for each of its tasks (default).")
    let every = Parameter.option(
      "every", .interval, default: .batches(1),
      "Batches from one measurement to the next, or epoch for one after each epoch.")
    let images = Parameter.option(
      "images", .integer(1...100_000), default: 128,
      "Test images of all these tasks together, as many of every class.")
    let image = Parameter.optional(
      "image", .integer(0...Int.max), "A test image whose logits are kept too: 17.")
    return ShellCommand(
      "watch", "Measures a run after every batch while it learns.", category: .strategies,
      effect: .changes, searchWords: ["callback", "monitor", "stability gap"],
      parameters: [run, tasks, every, images, image],
      examples: [
        Example("watch kd on=[T.1, T.2]", "Accuracy on both tasks, batch by batch."),
        Example("watch kd image=17", "Also what the run says of one image."),
        Example("watch kd every=epoch images=100000", "All test images after each epoch."),
      ],
      seeAlso: ["plot watch", "show watch", "watch off", "step", "plot epochs"],
      discussion: """
        Begin a run, watch it, and step it: 'plot watch' shows how the old tasks fall while the new \
        one rises. Watched again, it begins anew; what is not said then stays as it was. The end of each task is measured in any case. From what was measured follow the \
        stability gap, the worst case and others: 'explain stability-gap'. Watching changes no bit of \
        the run. It costs time, and how long it took is said.
        """
    ) { context, arguments in
      try context.forEach(arguments[run]) { context, reference in
        let name = try context.unfinishedRun(reference)
        var object = try context.run(name)
        let data = try context.data(object.data)
        if let objection = TrainingObjection(to: object.run, data) { throw objection.failure(name) }
        if let index = arguments[image], index >= data.test.count {
          throw ModelProblem.noImage(index, .test, count: data.test.count, parameter: image.name)
        }
        let targets = try context.watchTargets(
          arguments[tasks], of: object.run, at: tasks, arguments)
        var watch = Watch(
          targets, images: arguments[images], image: arguments[image], every: arguments[every],
          of: data, seed: object.run.setup.seed)
        let old = object.watch
        if let old {
          // What is not said stays as it was.
          if !arguments.isGiven(tasks), !arguments.isGiven(images) { watch.targets = old.targets }
          if !arguments.isGiven(every) { watch.every = old.every }
          watch.image = watch.image ?? old.image
        }
        var watcher = Watcher(watch, data, on: context.training.device)
        watcher.measure(object.run)
        object.watch = watcher.watch
        context.session.set(name, to: .run(object))
        let count = watch.targets.reduce(0) { $0 + $1.images.count }
        var output = CommandOutput(
          "\(name): \(counted(count, "test image")) of \(watch.targets.map(\.name).joined(with: "and")) "
            + "after every \(watch.every.words)" + (watch.image.map { ", and image \($0)" } ?? ""))
        if let old, old.rows.count > 1 {
          output.notes.append(
            "\(counted(old.rows.count, "measurement")) of before are forgotten: the next begin here"
          )
        }
        return output
      }
    }
  }
}

extension ShellContext {
  /// Names and classes of the tasks to be watched.
  fileprivate func watchTargets(
    _ given: [ObjectReference]?, of run: Run, at parameter: some AnyParameter,
    _ arguments: Arguments
  ) throws -> [(name: String, classes: [Int])] {
    guard let given else {
      return run.tasks.tasks.enumerated().map { ("task \($0 + 1)", $1) }
    }
    return try given.flatMap { reference -> [(name: String, classes: [Int])] in
      let tasks = try tasks(reference.name).sequence.tasks
      guard reference.kind == .tasks else { return [(reference.name, tasks[0])] }
      return tasks.enumerated().map { ("\(reference.name).\($0 + 1)", $1) }
    }
  }
}

extension ValueKind where Value == Watch.Interval {
  /// A number of batches, or the word `epoch`.
  fileprivate static var interval: ValueKind<Watch.Interval> {
    ValueKind<Int>.integer(1...1_000_000).map(spelledBy: \.spelling) { .batches($0) }
      .or(ValueKind<String>.choice(["epoch"]).map { _ in .epoch })
  }
}

extension Watch.Interval {
  /// As it is typed.
  fileprivate var spelling: String {
    switch self {
    case .batches(let count): "\(count)"
    case .epoch: "epoch"
    }
  }

  /// As it follows "every".
  var words: String {
    switch self {
    case .batches(let count): count == 1 ? "batch" : "\(grouped(count)) batches"
    case .epoch: "epoch"
    }
  }
}
