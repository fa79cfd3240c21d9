public import Datasets
public import Learning
public import Metrics
public import Networks

/// A grid search: every combination of some options' values, run to its end on images that are
/// held out of the training split.
public struct Search: Sendable {
  /// What combinations are ranked by.
  public enum Aim: String, CaseIterable, Sendable {
    /// After the last task.
    case final
    /// The mean over the tasks.
    case average

    func value(of metrics: IncrementalMetrics) -> Double? {
      self == .final ? metrics.final : metrics.average
    }
  }

  /// One combination, and what came of it.
  public struct Trial: Sendable {
    public var options: OptionValues
    /// One for each seed: in percent on the held-out images, and seconds of work.
    public var runs: [(metrics: IncrementalMetrics, seconds: Double)]
    /// The mean over the seeds of what is aimed at; 0 if none of them has it.
    public var score: Double
  }

  public var strategy: any Strategy.Type
  public var combinations: [OptionValues]
  public var network: Network
  public var tasks: TaskSequence
  /// Of the first run of every combination.
  public var seed: Int
  /// Runs of every combination.
  public var seeds: Int
  public var aim: Aim
  public var metric: AccuracyMetric

  /// The best first; of equally good ones the one that was tried first.
  public private(set) var trials: [Trial] = []
  public private(set) var diverged: [(options: OptionValues, divergence: Divergence)] = []

  public init(
    _ strategy: any Strategy.Type, combinations: [OptionValues], network: Network,
    tasks: TaskSequence, seed: Int, seeds: Int, aim: Aim, metric: AccuracyMetric
  ) {
    self.strategy = strategy
    self.combinations = combinations
    self.network = network
    self.tasks = tasks
    self.seed = seed
    self.seeds = seeds
    self.aim = aim
    self.metric = metric
  }

  /// Every combination of one value of each option, the last option changing fastest; nil if there
  /// are more than `limit`.
  public static func combinations(
    of candidates: [(option: String, values: [OptionValue])], limit: Int
  ) -> [OptionValues]? {
    var combinations: [[String: OptionValue]] = [[:]]
    for (option, values) in candidates {
      guard combinations.count * values.count <= limit else { return nil }
      combinations = combinations.flatMap { combination in
        values.map { combination.merging([option: $0]) { $1 } }
      }
    }
    return combinations.map { OptionValues([], given: $0) }
  }

  /// How many of `trials` are as good as the best.
  public var ties: Int { trials.count { $0.score == trials[0].score } }

  /// Tries all combinations.
  ///
  /// - Parameters:
  ///   - data: The kept images as its training split, those held out as its test split.
  ///   - tell: Told of every event, with its run and the position of its combination.
  /// - Returns: Whether it was interrupted.
  /// - Throws: `StrategyObjection` if the strategy cannot teach this network.
  public mutating func run(
    _ data: DataSet, by trainer: Trainer, tell: (Event, Run, Int) -> Void
  ) throws -> Bool {
    defer { trials.sort { $0.score > $1.score } }
    trying: for (number, options) in combinations.enumerated() {
      var runs: [(metrics: IncrementalMetrics, seconds: Double)] = []
      for member in 0..<seeds {
        var run = try Run(
          strategy, options: options, network: network, data: data, tasks: tasks,
          seed: seed &+ member)
        switch trainer.train(&run, data, tell: { tell($0, $1, number) }) {
        case .done: runs.append((run.metrics(by: metric), run.seconds.value))
        case .interrupted: return true
        case .diverged(let divergence):
          diverged.append((options, divergence))
          continue trying
        }
      }
      let score = Spread(runs.compactMap { aim.value(of: $0.metrics) })?.mean ?? 0
      trials.append(Trial(options: options, runs: runs, score: score))
    }
    return false
  }
}
