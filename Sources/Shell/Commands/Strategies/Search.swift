import CommandLanguage
import Datasets
import Learning
import Metrics
import Sessions

/// What a search goes by.
private enum SearchAim: String, CaseIterable, Sendable {
  case final
  case average

  func figure(_ record: RunRecord) -> Double? {
    self == .final ? record.final.value : record.average.value
  }
}

extension Command<ShellContext> {
  static var search: ShellCommand {
    let net = Parameter.positional("net", .object(.network), "The network to start from.")
    let tasks = Parameter.required("on", .object(.tasks, .task), "The task sequence.")
    let share = Parameter.option(
      "validation", .fraction(0.01...0.9), default: HoldOut.standard.share,
      "The share of each class's tracks that is held out to choose by, as 'split' does it.")
    let seed = Parameter.optional("seed", .seed, "Of the first run; else the session's.")
    let seeds = Parameter.option(
      "seeds", .integer(1...1000), default: 1, "Runs of every combination, whose mean counts.")
    let aim = Parameter.option(
      "by", .choice(of: SearchAim.self), default: .final,
      "Accuracy after the last task, or the mean over the tasks.")
    let metric = Parameter.option(
      "metric", .choice(of: CompareMetric.self), default: .accuracy,
      "Over all images, or the mean over classes.")
    return ShellCommand(
      "search", "Tries options of a strategy on held-out tracks of the training images.",
      category: .strategies, searchWords: ["grid_search", "tune"],
      parameters: [StrategyParameters.strategy, net, tasks, share, seed, seeds, aim, metric],
      options: StrategyParameters.candidates, formats: .table,
      examples: [
        Example(
          "search rehearsal-kd net on=T lr=[0.001, 0.003] memory=[100, 200]",
          "Four combinations, the best first, and the 'run' that uses it.")
      ],
      seeAlso: ["run", "compare", "split"],
      discussion: """
        Every combination of the values in lists is run to its end on the training images of the \
        tracks that are kept, and measured on those held out. A track is one sign filmed some \
        thirty times: split image by image, nearly the same picture would be on both sides. The \
        test images are never looked at. Ctrl-C stops and shows what there is.
        """
    ) { context, arguments in
      let word = arguments[StrategyParameters.strategy]
      guard let strategy = Strategies.named(word) else {
        throw arguments.failure(at: StrategyParameters.strategy, "there is no strategy '\(word)'")
      }
      let candidates = StrategyParameters.candidates(of: strategy, in: arguments)
      let varied = candidates.filter { $0.values.count > 1 }.map(\.option)
      let combinations = try combine(candidates, arguments)
      let network = try context.network(arguments[net].name)
      let sequence = try context.tasks(arguments[tasks].name)
      let data = try context.data(sequence.data)
      for combination in combinations {
        try context.checkFits(network, data, batch: combination[integer: "batch"])
      }
      let first =
        arguments[seed].map { Int(truncatingIfNeeded: $0) } ?? context.session.settings.seed
      let heldOut = try data.divided(
        by: HoldOut(share: arguments[share], seed: HoldOut.standard.seed))
      var trials: [Trial] = []
      var wasStopped = false
      var diverged: [(options: OptionValues, failure: Failure)] = []
      trying: for (number, options) in combinations.enumerated() {
        var runs: [RunRecord] = []
        for member in 0..<arguments[seeds] {
          var run: Run
          do {
            run = try Run(
              strategy, options: options, network: network, data: heldOut,
              tasks: sequence.sequence, seed: first &+ member)
          } catch let objection as StrategyObjection {
            throw arguments.failure(at: net, objection.message)
          }
          let label = "\(word) \(number + 1)/\(combinations.count)"
          do {
            wasStopped = try context.advance(
              &run, heldOut, label: label, tests: "held-out"
            ) { _, _ in false }
          } catch let divergence as Divergence {
            diverged.append((options, divergence.failure))
            continue trying
          }
          if wasStopped { break trying }
          runs.append(RunRecord(label, run, arguments[metric]))
        }
        trials.append(Trial(options: options, runs: runs, aim: arguments[aim]))
      }
      guard !trials.isEmpty else {
        throw wasStopped || diverged.isEmpty
          ? Failure("stopped before the first result") : diverged[0].failure
      }
      trials.sort { $0.score > $1.score }
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
      let ties = trials.count { $0.score == trials[0].score }
      output.notes =
        diverged.map { options, failure in
          let words = varied.map { "\($0)=\(options.values[$0]?.spelling ?? "")" }
          return "left out: \(words.joined(separator: " ")): \(failure.message)"
        }
        + (wasStopped
          ? ["stopped: \(trials.count + diverged.count) of \(combinations.count) were tried"] : [])
        + (ties > 1
          ? ["\(ties) combinations are equally good: the first that was tried is used"] : [])
        + ["best: \(command)"]
      output.record = SearchRecord(trials, varied, best: command)
      return output
    }
  }
}

/// A combination of options, and what came of it.
private struct Trial {
  let options: OptionValues
  let runs: [RunRecord]
  let aim: SearchAim

  var score: Double { Spread(runs.compactMap(aim.figure))?.mean ?? 0 }
}

/// All combinations of one value of each option.
private func combine(
  _ candidates: [(option: String, values: [OptionValue])], _ arguments: Arguments
) throws -> [OptionValues] {
  var combinations: [[String: OptionValue]] = [[:]]
  for (option, values) in candidates {
    guard combinations.count * values.count <= StrategyParameters.candidateLimit else {
      throw Failure(
        "more than \(grouped(StrategyParameters.candidateLimit)) combinations would be tried",
        help: "fewer values")
    }
    combinations = combinations.flatMap { combination in
      values.map { combination.merging([option: $0]) { $1 } }
    }
  }
  return combinations.map { OptionValues([], given: $0) }
}

/// A row per combination, the best first.
private func table(of trials: [Trial], _ varied: [String]) -> Table {
  let figures: [(title: String, figure: (RunRecord) -> Double?)] = [
    ("final", { $0.final.value }), ("average", { $0.average.value }), ("seconds", { $0.seconds }),
  ]
  return Table(
    varied.map { Table.Column($0) } + figures.map { Table.Column($0.title) },
    rows: trials.map { trial in
      varied.map { trial.options.values[$0]?.cell ?? .missing }
        + figures.map { figure in RunSet.cell(trial.runs.map(figure.figure), decimals: 2) }
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

private struct SearchRecord: Encodable {
  struct Row: Encodable {
    var options: [String: String]
    var final: [Double]
    var average: [Double]
    var seconds: [Double]
  }

  /// The best first; figures by seed, in percent, on the held-out images.
  var trials: [Row]
  var best: String

  init(_ trials: [Trial], _ varied: [String], best: String) {
    self.best = best
    self.trials = trials.map { trial in
      Row(
        options: Dictionary(
          uniqueKeysWithValues: varied.map { ($0, trial.options.values[$0]?.spelling ?? "") }),
        final: trial.runs.compactMap(\.final.value),
        average: trial.runs.compactMap(\.average.value),
        seconds: trial.runs.map(\.seconds))
    }
  }
}
