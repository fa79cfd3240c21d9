public import Datasets
public import Learning
public import Networks
import Randomness
public import Sessions

/// Runs that differ in nothing but their seed: seed, seed + 1, … A single run is a group of one.
public enum SeedGroup {
  /// `kd` for a single run, else `kd-1`, `kd-2`, …
  public static func names(_ name: String, count: Int) -> [String] {
    count == 1 ? [name] : (1...count).map { "\(name)-\($0)" }
  }

  /// The runs before their first step.
  ///
  /// - Parameters:
  ///   - name: Of the group.
  ///   - network: The network to start from, and its name.
  ///   - tasks: The task sequence, or one task as a sequence of one, and its name.
  ///   - data: The data set of the tasks.
  ///   - seed: Of the first run.
  ///   - drawsWeights: Whether the seed also draws the network's first weights (Xavier), as the
  ///     notebook does for its upper bound.
  ///   - shufflesClasses: Whether the seed also deals the classes out to the tasks.
  /// - Throws: `StrategyObjection` if the strategy cannot teach this network.
  public static func runs(
    named name: String, _ strategy: any Strategy.Type, options: OptionValues,
    network: (name: String, value: Network), tasks: (name: String, value: Tasks), on data: DataSet,
    seed: Int, count: Int = 1, drawsWeights: Bool = false, shufflesClasses: Bool = false
  ) throws -> [(name: String, run: RunOnData)] {
    var origin = RunOrigin(
      network: network.name, network.value, tasks: tasks.name, tasks.value.sequence)
    if drawsWeights { origin.hasFreshWeights = true }
    return try names(name, count: count).enumerated().map { number, member in
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
