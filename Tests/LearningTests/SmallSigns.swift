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

  /// - Parameter isPlain: Whether it computes the same in training as at evaluation: without batch
  ///   normalization and dropout.
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
    var given: [String: OptionValue]
    var heads: Int

    /// - Parameter heads: Of its network; as many as the strategy asks for if nil.
    init(strategy: String, given: [String: OptionValue] = [:], heads: Int? = nil) {
      (self.strategy, self.given, self.heads) = (strategy, given, 1)
      self.heads = heads ?? headsAskedFor
    }

    var description: String { "\(strategy) \(given.keys.sorted().joined(separator: " "))" }

    private var type: (any Strategy.Type)? { Strategies.named(strategy) }

    static let few: [String: OptionValue] = ["epochs": .integer(2), "batch": .integer(6)]

    /// Every option of the strategy.
    var options: OptionValues? {
      type.map { OptionValues($0.options, given: given.merging(Self.few) { $1 }) }
    }

    private var headsAskedFor: Int {
      guard let type, let options, let one = try? SmallSigns.network().architecture,
        case .needsHeads(let count, _)? = type.init(options).objection(
          to: one, SmallSigns.tasks)
      else { return 1 }
      return count
    }

    /// Whether it learns by gradients, epoch after epoch.
    var trains: Bool { type?.options.contains { $0.name == "epochs" } ?? false }

    /// - Parameter network: Instead of the small one.
    func run(
      on data: DataSet, seed: Int = 3, network: Network? = nil,
      tasks: TaskSequence = SmallSigns.tasks
    ) throws -> Run {
      guard let type, let options else { throw Unknown(name: strategy) }
      return try Run(
        type, options: options, network: network ?? SmallSigns.network(heads: heads), data: data,
        tasks: tasks, seed: seed)
    }
  }

  struct Unknown: Error { var name: String }

  /// A course that follows from the strategy's declaration: few images in everything that is counted,
  /// and a memory that is not shared out evenly.
  private static func course(of type: any Strategy.Type) -> Course {
    let options = type.options
    var course = Course(strategy: type.description.name)
    for case let (name, .integer(standard, range)) in options.map({ ($0.name, $0.kind) }) {
      let few = min(standard, max(range.lowerBound, name == "memory" ? 13 : 5))
      if few != standard, Course.few[name] == nil { course.given[name] = .integer(few) }
    }
    return course
  }

  /// What is worth a course besides, or instead of, the one that follows from the declaration.
  private static let special = [
    Course(strategy: "joint"), Course(strategy: "joint", given: ["once": .flag(true)]),
    Course(strategy: "rehearsal-kd", given: ["memory": .integer(7)]),
    Course(
      strategy: "rehearsal-kd", given: ["memory": .integer(12), "weighted": .flag(true)]),
    Course(
      strategy: "rehearsal-kd", given: ["memory": .integer(24), "memory-from": .choice("kept")]),
    Course(strategy: "der-cnn", given: ["per-class": .integer(4)]),
    Course(
      strategy: "der-cnn", given: ["per-class": .integer(3), "memory-from": .choice("kept")]),
    Course(strategy: "replay", given: ["memory": .integer(7)]),
    Course(
      strategy: "replay", given: ["memory": .integer(13), "policy": .choice("herding")]),
    Course(
      strategy: "replay", given: ["memory": .integer(8), "policy": .choice("reservoir")]),
    Course(strategy: "replay", given: ["memory": .integer(8), "policy": .choice("fifo")]),
    Course(
      strategy: "replay",
      given: ["memory": .integer(9), "policy": .choice("reservoir"), "steps": .integer(7)]),
    Course(strategy: "replay", given: ["per-class": .integer(3), "weigh-by": .choice("tasks")]),
    Course(strategy: "icarl", given: ["memory": .integer(12)]),
    Course(strategy: "icarl", given: ["per-class": .integer(2)]),
    Course(strategy: "ewc", given: ["fisher-images": .integer(5)]),
    Course(
      strategy: "ewc", given: ["fisher-images": .integer(5), "anchors": .choice("each")]),
    Course(strategy: "lwf"), Course(strategy: "lwf", given: ["weigh-by": .choice("tasks")]),
    Course(
      strategy: "icarl", given: ["memory": .integer(8), "policy": .choice("reservoir")]),
    Course(strategy: "gdumb", given: ["memory": .integer(11)]),
    Course(strategy: "gdumb", given: ["memory": .integer(9), "cutmix": .real(0.5)]),
    Course(strategy: "bic", given: ["memory": .integer(12)]),
    Course(strategy: "bic", given: ["memory": .integer(13), "policy": .choice("reservoir")]),
    Course(strategy: "wa", given: ["memory": .integer(7), "replay": .integer(4)]),
    Course(strategy: "wa", given: ["memory": .integer(8), "policy": .choice("fifo")]),
    Course(strategy: "der", given: ["memory": .integer(8), "second-epochs": .integer(2)]),
    Course(strategy: "analytic", given: ["copies": .integer(2), "balance": .real(0.5)]),
    Course(strategy: "analytic", given: ["network": .flag(false), "views": .integer(3)]),
  ]

  private static let all = Strategies.all.flatMap { type -> [Course] in
    let own = special.filter { $0.strategy == type.description.name }
    return own.isEmpty ? [course(of: type)] : own
  }

  static let courses = all.filter(\.trains)

  /// Of strategies that look at images without training on them.
  static let surveys = all.filter { !$0.trains }

  /// Whether the memory follows the stream, not the classes. Dark experience has no choice in that.
  static func isStreamed(_ course: Course) -> Bool {
    if course.strategy == "dark" { return true }
    guard case .choice(let policy)? = course.options?.values["policy"] else { return false }
    return ["reservoir", "fifo"].contains(policy)
  }

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
