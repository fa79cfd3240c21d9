public import Datasets
public import Learning
public import Networks
import Randomness
public import Sessions

/// Runs that differ in nothing but their seed: seed, seed + 1, … A single run is a group of one.
public enum SeedGroup {
  /// What stands behind the common name in the name of a run.
  public enum Naming: Hashable, Sendable {
    /// The run's seed.
    case seeds
    /// Its number, from 1, as in the language's version 1.
    case numbers
  }

  /// `kd` for a single run, else `kd-7`, `kd-8`, … with the seeds 7, 8, …
  public static func names(
    _ name: String, seed: Int, count: Int, by naming: Naming = .seeds
  ) -> [String] {
    guard count > 1 else { return [name] }
    return (0..<count).map { number in
      switch naming {
      case .seeds: Session.memberName(name, seed: seed &+ number)
      case .numbers: "\(name)-\(number + 1)"
      }
    }
  }

  /// The runs before their first step.
  ///
  /// - Parameters:
  ///   - name: Of the group.
  ///   - network: The network to start from, and its name.
  ///   - tasks: The task sequence, or one task as a sequence of one, and its name.
  ///   - data: The data set of the tasks.
  ///   - seed: Of the first run.
  ///   - naming: What runs of several seeds are called by.
  ///   - drawsWeights: Whether the seed also draws the network's first weights (Xavier), as the
  ///     notebook does for its upper bound.
  ///   - shufflesClasses: Whether the seed also deals the classes out to the tasks.
  /// - Throws: `StrategyObjection` if the strategy cannot teach this network.
  public static func runs(
    named name: String, _ strategy: any Strategy.Type, options: OptionValues,
    network: (name: String, value: Network), tasks: (name: String, value: Tasks), on data: DataSet,
    seed: Int, count: Int = 1, namedBy naming: Naming = .seeds, drawsWeights: Bool = false,
    shufflesClasses: Bool = false
  ) throws -> [(name: String, run: RunOnData)] {
    var origin = RunOrigin(
      network: network.name, network.value, tasks: tasks.name, tasks.value.sequence)
    if drawsWeights { origin.hasFreshWeights = true }
    return try names(name, seed: seed, count: count, by: naming).enumerated().map {
      number, member in
      let seed = seed &+ number
      let shuffled = shufflesClasses ? tasks.value.sequence.shuffled(seed: seed) : nil
      let run = try Run(
        strategy, options: options,
        network: drawsWeights ? network.value.drawnAgain(seed: seed) : network.value, data: data,
        tasks: shuffled ?? tasks.value.sequence, seed: seed)
      var origin = origin
      origin.shuffled = shuffled
      return (
        member,
        RunOnData(
          run, on: tasks.value.data, origin: origin, group: count > 1 ? name : nil)
      )
    }
  }
}

extension Network {
  /// The same layers with other weights.
  fileprivate func drawnAgain(seed: Int) -> Network {
    var network = self
    network.initialize(
      .xavier, random: RandomStream(seed: UInt64(bitPattern: Int64(seed))).stream("fresh"))
    return network
  }
}
