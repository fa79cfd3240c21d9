import CommandLanguage
import Datasets
import Experiments
import Learning
import Metrics
import Networks
import PlainText
import Randomness
import Sessions

extension Command<ShellContext> {
  static var pretrain: ShellCommand {
    let net = Parameter.positional(
      "net", .object(.network, .run, .checkpoint),
      "The network, whose weights change; with 'as', and of a run or checkpoint, a copy's.")
    let tasks = Parameter.required("on", .object(.task, .tasks), "The task to learn: T.1.")
    let epochs = Parameter.option(
      "epochs", .integer(1...10_000), default: 4, "Passes over the images.",
      searchWords: ["num_epochs", "n_epochs"])
    let steps = Parameter.optional(
      "steps", .integer(0...10_000_000), "Training steps, instead of epochs; 0: the epochs count.",
      searchWords: ["iters", "iterations", "num_steps"])
    let batch = Parameter.option(
      "batch", .integer(1...8192), default: 64, "Images per training step.",
      searchWords: ["batch_size"])
    let rate = Parameter.option(
      "lr", .real(above: 0, through: 10), default: 0.001,
      "Learning rate (the peak rate with schedule=one-cycle).",
      searchWords: ["learning_rate"])
    let optimizer = Parameter.option(
      "optimizer", .choice(["adam", "adamw", "sgd"]), default: "adam",
      "Optimizer.")
    let schedule = Parameter.option(
      "schedule", .choice(["step", "one-cycle"]), default: "step",
      "Learning-rate schedule: halve every five epochs, or one warm-up and decay.")
    let decay = Parameter.option(
      "weight-decay", .real(0...1), default: 0.01, "Weight decay of AdamW and SGD.")
    let seed = Parameter.optional(
      "seed", .seed, "Random seed of the order of the images (default: the session's).")
    let cache = Parameter.optional(
      "cache", .path, "A file for the weights: read if it is there, else written.")
    return ShellCommand(
      "pretrain", "Trains a network on one task, for runs to start from.", category: .models,
      effect: .changes, searchWords: ["fit", "train"],
      parameters: [
        net, tasks, epochs, steps, batch, rate, optimizer, schedule, decay, seed, cache,
      ], result: .network, resultIsOptional: true, touches: [.writesNamed, .writesLogs],
      examples: [
        Example(
          "pretrain net on=T.1 epochs=4", "Adam, cross-entropy; the head gets the task's classes."),
        Example(
          "pretrain net on=T.1 cache=net.safetensors", "The second time the weights are read."),
        Example(
          "pretrain kd@1 on=T.2 epochs=1 as net2", "A copy of what a run had after task 1 goes on."),
      ], seeAlso: ["evaluate", "run"]
    ) { context, arguments in
      if arguments.isGiven(epochs), arguments[steps] ?? 0 > 0 {
        throw RunProblem.exclusive(.length)
      }
      let origin = arguments[net]
      guard let name = arguments.resultName ?? context.networkName(origin) else {
        throw NetworkProblem.copyWithoutName(verb: arguments.verb, origin: origin.name)
      }
      let cached = context.record.verification == nil ? arguments[cache] : nil
      if let path = cached { try context.checkCanWrite(path, named: cache) }
      var network = try context.network(of: origin)
      let tasks = try context.tasks(arguments[tasks].name)
      let lesson = TaskSequence(tasks: [tasks.sequence.tasks.flatMap(\.self)])
      let data = try context.data(tasks.data)
      try context.checkFits(network, data, batch: arguments[batch])
      let options = OptionValues(
        Strategies.plain.options,
        given: [
          "epochs": .integer(arguments[epochs]), "steps": .integer(arguments[steps] ?? 0),
          "batch": .integer(arguments[batch]),
          "lr": .real(arguments[rate]), "optimizer": .choice(arguments[optimizer]),
          "schedule": .choice(arguments[schedule]), "weight-decay": .real(arguments[decay]),
        ])
      let run = try Run(
        Strategies.plain, options: options, network: network, data: data, tasks: lesson,
        seed: context.seed(arguments[seed]))
      let fingerprint = try Fingerprint.ofBeginning(run)
      if let path = cached,
        let kept = try WeightFile.read(path, fingerprint: fingerprint)
      {
        network.replaceHeads(outputs: lesson.tasks[0].count, random: .init(seed: 0))
        try network.load(kept, from: path)
        context.session.set(name, to: .network(network))
        return CommandOutput("\(context.described(name)); weights read from \(path)")
      }
      let finished = try context.finish(run, on: data, named: tasks.data, of: name)
      var notes: [String] = []
      if let path = cached {
        // Before the session changes: a statement that fails changes nothing.
        try WeightFile.write(WrittenNetwork(finished.network), to: path, fingerprint: fingerprint)
        notes.append("weights written to \(path)")
      }
      context.session.set(name, to: .network(finished.network))
      var lines = [context.described(name)]
      if let epoch = finished.history.epochs.last, let test = finished.history.evaluations.last {
        lines.append(
          "train \(percentText(epoch.accuracyIfAny)), test \(percentText(test.accuracy)) "
            + "(macro \(percentText(test.macroAccuracy))) in \(fixed(finished.seconds.value, 1)) s")
      }
      var output = CommandOutput(record: context.record(of: name))
      output.lines = lines + notes
      return output
    }
  }
}

extension ShellContext {
  /// The name of a network; nil for what only has one.
  fileprivate func networkName(_ reference: ObjectReference) -> String? {
    session.kind(of: reference.name) == .network ? reference.name : nil
  }

  /// Carries a pretraining to its end; one that was stopped before goes on where it stood.
  ///
  /// - Throws: `Failure` when Ctrl-C stopped it; the run so far is then an object of its own.
  fileprivate mutating func finish(
    _ run: Run, on data: DataSet, named dataName: String, of name: String
  ) throws -> Run {
    let part = "pretraining-\(name)"
    var object = RunOnData(run, on: dataName)
    if case .run(let kept)? = session[part], kept.checkpoints.states.first == run { object = kept }
    let label = "pretraining \(name)"
    switch try train(&object, data, named: part, label: label).outcome {
    case .done:
      session.remove(part)
      return object.run
    case .diverged(let divergence): throw divergence.failure(label)
    case .interrupted: break
    }
    guard object.run.history.steps > 0 else { throw SessionProblem.stopped }
    session.set(part, to: .run(object))
    throw SessionProblem.stoppedHalfway(place: object.run.placeInWords)
  }
}
