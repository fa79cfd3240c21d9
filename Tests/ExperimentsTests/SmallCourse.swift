import Datasets
import Learning
import Networks
import Randomness
import Sessions
import Tensors
import Testing

/// A course that is learned in a moment: drawn signs, three tasks, a network of one hidden layer.
enum SmallCourse {
  static let device = Device(threads: 1)

  private static let drawn = Result {
    var signs = SyntheticSigns()
    signs.classes = 6
    signs.perClass = 8
    signs.testPerClass = 4
    signs.size = 16
    return try signs.generate(threads: 1)
  }

  static func data() throws -> DataSet {
    var data = try drawn.get()
    data.transform.normalization = .gtsrb
    return data
  }

  static func tasks() throws -> TaskSequence { try TaskSequence.groups(of: 2, classCount: 6) }

  static func network() throws -> Network {
    let architecture = try Architecture(
      name: "Tiny", input: .image(height: 16, width: 16, channels: 3),
      layers: [.flatten, .dense(name: "hidden", outputs: 8), .activation(.relu)],
      heads: [Head(name: "fc", outputs: 2)])
    return Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 7).stream("weights"))
  }

  static func options(
    of strategy: String = "finetune", _ given: [String: OptionValue] = [:]
  ) throws -> OptionValues {
    let all = try #require(Strategies.named(strategy)).options
    let small: [String: OptionValue] = ["epochs": .integer(2), "batch": .integer(4)]
    return OptionValues(all, given: small.merging(given) { $1 })
  }

  static func run(
    _ strategy: String = "finetune", _ given: [String: OptionValue] = [:], seed: Int = 3
  ) throws -> Run {
    try Run(
      try #require(Strategies.named(strategy)), options: options(of: strategy, given),
      network: network(), data: data(), tasks: tasks(), seed: seed)
  }
}
