import Datasets
import Learning
import Networks
import Randomness
import Tensors

/// Few and small drawn signs, and networks and runs that learn them in a moment.
enum SmallSigns {
  static func data(transform: Transform = Transform()) throws -> DataSet {
    var signs = SyntheticSigns()
    signs.classes = 6
    signs.perClass = 9
    signs.testPerClass = 4
    signs.size = 16
    signs.seed = 11
    var data = try DataSet.load(.synthetic(signs), cache: nil)
    data.transform = transform
    return data
  }

  static let tasks = TaskSequence(tasks: [[4, 0], [3, 1], [2, 5]])

  /// One or two heads, as the strategy needs.
  ///
  /// - Parameter isPlain: Whether it computes the same in training as at evaluation: without batch
  ///   normalisation and dropout.
  static func network(
    heads: Int = 1, seed: UInt64 = 1, isPlain: Bool = false
  ) throws -> Network {
    let layers: [Layer] = [
      .convolution(name: "conv1", outputs: 4, kernel: 3, padding: 1),
      .batchNormalization(name: "bn1"), .activation(.relu), .maxPool, .maxPool, .flatten,
      .dense(name: "fc1", outputs: 8), .activation(.relu), .dropout(rate: 0.1),
    ]
    let architecture = try Architecture(
      name: "small", input: .image(height: 16, width: 16, channels: 3),
      layers: layers.filter { layer in
        switch layer.details {
        case is BatchNormalizationLayer, is DropoutLayer: !isPlain
        default: true
        }
      }, heads: ["fc", "auxiliary"].prefix(heads).map { Head(name: $0, outputs: 2) })
    return Network(architecture, initialization: .xavier, random: RandomStream(seed: seed))
  }

  /// A strategy with options that make a run of some thirty steps.
  struct Course: Sendable, CustomStringConvertible {
    var strategy: String
    var given: [String: OptionValue] = [:]
    var heads = 1

    var description: String { "\(strategy) \(given.keys.sorted().joined(separator: " "))" }

    /// - Parameter network: Instead of the small one.
    func run(on data: DataSet, seed: Int = 3, network: Network? = nil) throws -> Run {
      guard let type = Strategies.named(strategy) else { throw Unknown(name: strategy) }
      let common: [String: OptionValue] = ["epochs": .integer(2), "batch": .integer(6)]
      return try Run(
        type,
        options: OptionValues(
          type.description.options, given: given.merging(common) { $1 }),
        network: network ?? SmallSigns.network(heads: heads), data: data,
        tasks: SmallSigns.tasks, seed: seed)
    }
  }

  struct Unknown: Error { var name: String }

  static let courses = [
    Course(strategy: "finetune"), Course(strategy: "joint"),
    Course(strategy: "joint", given: ["once": .flag(true)]),
    Course(strategy: "rehearsal-kd", given: ["memory": .integer(7)]),
    Course(
      strategy: "rehearsal-kd", given: ["memory": .integer(12), "weighted": .flag(true)]),
    Course(
      strategy: "rehearsal-kd", given: ["memory": .integer(24), "memory-from": .choice("kept")]),
    Course(strategy: "der-cnn", given: ["per-class": .integer(4)], heads: 2),
    Course(
      strategy: "der-cnn", given: ["per-class": .integer(3), "memory-from": .choice("kept")],
      heads: 2),
    Course(strategy: "ewc", given: ["fisher-images": .integer(5)]), Course(strategy: "si"),
    Course(strategy: "mas", given: ["importance-images": .integer(9)]), Course(strategy: "lwf"),
    Course(strategy: "replay", given: ["memory": .integer(7)]),
    Course(
      strategy: "replay", given: ["memory": .integer(13), "policy": .choice("herding")]),
    Course(
      strategy: "replay", given: ["memory": .integer(8), "policy": .choice("reservoir")]),
    Course(strategy: "replay", given: ["memory": .integer(8), "policy": .choice("fifo")]),
    Course(strategy: "a-gem", given: ["memory": .integer(7)]),
    Course(strategy: "icarl", given: ["memory": .integer(12)]),
    Course(
      strategy: "icarl", given: ["memory": .integer(8), "policy": .choice("reservoir")]),
    Course(strategy: "gdumb", given: ["memory": .integer(11)]),
    Course(strategy: "gdumb", given: ["memory": .integer(9), "cutmix": .real(0.5)]),
    Course(strategy: "bic", given: ["memory": .integer(12)]),
    Course(strategy: "bic", given: ["memory": .integer(13), "policy": .choice("reservoir")]),
    Course(strategy: "wa", given: ["memory": .integer(7), "replay": .integer(4)]),
    Course(strategy: "wa", given: ["memory": .integer(8), "policy": .choice("fifo")]),
    Course(strategy: "der", given: ["memory": .integer(8), "second-epochs": .integer(2)]),
    Course(strategy: "dark", given: ["memory": .integer(8), "replay": .integer(3)]),
    Course(strategy: "er-ace", given: ["memory": .integer(8), "replay": .integer(4)]),
    Course(strategy: "slda"),
  ]

  /// Strategies whose memory follows the stream, not the classes.
  static func isStreamed(_ course: Course) -> Bool {
    if case .choice(let policy)? = course.given["policy"] {
      return ["reservoir", "fifo"].contains(policy)
    }
    return ["dark", "er-ace"].contains(course.strategy)
  }

  /// Strategies that look at images without training on them.
  static let surveys = [
    Course(strategy: "analytic", given: ["copies": .integer(2), "balance": .real(0.5)]),
    Course(strategy: "analytic", given: ["network": .flag(false), "views": .integer(3)]),
  ]

  /// Random crops, flips and jitter draw from the run's streams as well.
  static let varying = {
    var transform = Transform()
    transform.jitter = .standard
    transform.contrast = 0.2
    transform.randomCrop = true
    transform.horizontalFlip = true
    return transform
  }()
}
