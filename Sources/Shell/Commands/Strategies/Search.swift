import CommandLanguage
import Datasets
import Experiments
import Learning
import Metrics
import PlainText
import Sessions

extension Command<ShellContext> {
  static var search: ShellCommand {
    let net = Parameter.positional(
      "net", .object(.network, .run, .checkpoint), "The network to start from, or that of a run.")
    let tasks = Parameter.required("on", .object(.tasks, .task), "The task sequence.")
    let share = Parameter.option(
      "validation", .fraction(0.01...0.9), default: HoldOut.standard.share,
      "The share of each class's tracks to hold out, as 'split' does.")
    let seed = Parameter.optional(
      "seed", .seed, "Random seed of the first run (default: the session's).")
    let seeds = Parameter.option(
      "seeds", .integer(1...1000), default: 1, "Runs of every combination, whose mean counts.")
    let aim = Parameter.option(
      "by", .choice(of: Search.Aim.self), default: .final,
      "Accuracy after the last task, or the mean over the tasks.")
    let metric = Parameter.option(
      "metric", .choice(of: AccuracyMetric.self), default: .accuracy,
      "Over all images, or the mean over classes.")
    return ShellCommand(
      "search", "Tries options of a strategy on held-out tracks of the training images.",
      category: .strategies, effect: .looks, searchWords: ["grid_search", "tune"],
      parameters: [StrategyParameters.strategy, net, tasks, share, seed, seeds, aim, metric],
      options: StrategyParameters.candidates, formats: .table,
      examples: [
        Example(
          "search rehearsal-kd net on=T lr=[0.001, 0.003] memory=[100, 200]",
          "Four combinations, the best first, and the 'run' that uses it.")
      ], seeAlso: ["run", "compare", "split"],
      discussion: """
        Every combination of the values in lists is run to its end on the training images of the \
        tracks that are kept, and measured on those held out. A track is one sign filmed some \
        thirty times: split image by image, nearly the same picture would be on both sides. The \
        test images are never looked at. Ctrl-C stops and shows what there is.
        """
    ) { context, arguments in
      let word = arguments[StrategyParameters.strategy]
      guard let strategy = Strategies.named(word) else { throw RunProblem.unknownStrategy(word) }
      let candidates = try StrategyParameters.candidates(of: strategy, in: arguments)
      let varied = candidates.filter { $0.values.count > 1 }.map(\.option)
      let limit = StrategyParameters.candidateLimit
      guard let combinations = Search.combinations(of: candidates, limit: limit) else {
        throw RunProblem.tooManyCombinations(limit: limit)
      }
      let network = try context.network(of: arguments[net])
      let sequence = try context.tasks(arguments[tasks].name)
      let data = try context.data(sequence.data)
      for combination in combinations {
        try context.checkFits(network, data, batch: combination[integer: "batch"])
      }
      let heldOut = try data.divided(
        by: HoldOut(share: arguments[share], seed: HoldOut.standard.seed))
      var search = Search(
        strategy, combinations: combinations, network: network, tasks: sequence.sequence,
        seed: context.seed(arguments[seed]), seeds: arguments[seeds], aim: arguments[aim],
        metric: arguments[metric])
      let wasStopped: Bool
      do {
        wasStopped = try context.run(&search, on: heldOut, label: word)
      } catch let objection as StrategyObjection {
        throw RunProblem.strategy(objection)
      }
      let (trials, diverged) = (search.trials, search.diverged)
      guard !trials.isEmpty else {
        throw wasStopped || diverged.isEmpty
          ? RunProblem.noResult
          : diverged[0].divergence.failure(label(word, diverged[0].options, in: combinations))
      }
      var output = CommandOutput(table: table(of: trials, varied))
      output.lines = [
        "\(grouped(heldOut.train.count)) training images, \(grouped(heldOut.test.count)) held out"
      ]
      // All that was said of the runs, so that the command does what the best of them did.
      var words = ["run", word, arguments[net].name, "on=\(arguments[tasks].name)"]
      words += StrategyParameters.given(of: strategy, in: arguments).map {
        "\($0)=\(trials[0].options.values[$0]?.spelling ?? "")"
      }
      if let seed = arguments[seed] { words.append("seed=\(seed)") }
      if arguments[seeds] > 1 { words.append("seeds=\(arguments[seeds])") }
      let command = (words + ["as", freeName("best", in: context)]).joined(separator: " ")
      let ties = search.ties
      output.notes =
        diverged.map { options, divergence in
          let words = varied.map { "\($0)=\(options.values[$0]?.spelling ?? "")" }
          let failure = divergence.failure(label(word, options, in: combinations))
          return "left out: \(words.joined(separator: " ")): \(failure.message)"
        }
        + (wasStopped
          ? ["stopped: \(trials.count + diverged.count) of \(combinations.count) were tried"] : [])
        + (ties > 1
          ? ["\(ties) combinations are equally good: the first that was tried is used"] : [])
        + ["best: \(command)"]
      output.record = record(of: trials, varied, best: command)
      return output
    }
  }
}

extension ShellContext {
  /// Carries a search out, with a progress bar.
  ///
  /// - Returns: Whether Ctrl-C ended it.
  fileprivate mutating func run(
    _ search: inout Search, on data: DataSet, label word: String
  ) throws -> Bool {
    let count = search.combinations.count
    var bar = TrainingProgress(label: word, tasks: search.tasks.count, tests: "held-out")
    defer { console.progress.finish() }
    return try search.run(data, by: trainer) { event, run, number in
      if case .taskBegan(task: 0, _) = event {
        console.progress.finish()
        bar = TrainingProgress(
          label: "\(word) \(number + 1)/\(count)", tasks: run.tasks.count, tests: "held-out")
      }
      bar.tell(event, to: &console.progress)
    }
  }
}

/// What a combination's runs are called: `finetune 2/4`.
private func label(
  _ word: String, _ options: OptionValues, in combinations: [OptionValues]
) -> String {
  let number = combinations.firstIndex(of: options) ?? 0
  return "\(word) \(number + 1)/\(combinations.count)"
}

/// A row per combination, the best first.
private func table(of trials: [Search.Trial], _ varied: [String]) -> Table {
  Table(
    varied.map { Table.Column($0) } + [
      Table.Column("final", best: .highest, unit: "%"),
      Table.Column("average", best: .highest, unit: "%"), "seconds",
    ],
    rows: trials.map { trial in
      varied.map { trial.options.values[$0]?.cell ?? .missing }
        + [
          trial.runs.map(\.metrics.final), trial.runs.map(\.metrics.average),
          trial.runs.map(\.seconds),
        ].map { RunSet.cell($0) }
    })
}

/// `best`, `best2`, …: the first that is free.
private func freeName(_ name: String, in directory: some ObjectDirectory) -> String {
  var (free, number) = (name, 1)
  while directory.kind(of: free) != nil {
    number += 1
    free = "\(name)\(number)"
  }
  return free
}

/// The best first; figures by seed, in percent, on the held-out images.
private func record(
  of trials: [Search.Trial], _ varied: [String], best: String
) -> ResultRecord {
  let rows = trials.map { trial -> ResultRecord in
    [
      "options": Dictionary(
        uniqueKeysWithValues: varied.map { ($0, trial.options.values[$0]?.spelling ?? "") }),
      "final": trial.runs.compactMap(\.metrics.final),
      "average": trial.runs.compactMap(\.metrics.average), "seconds": trial.runs.map(\.seconds),
    ]
  }
  return ["trials": rows, "best": best]
}
