public import Networks

/// What is said of a strategy to those who choose one.
public struct StrategyDescription: Sendable {
  /// As typed at the prompt.
  public let name: String
  /// The idea in one line.
  public let idea: String
  /// What is kept of old tasks.
  public let keeps: String
  /// Author, year and title, or the notebook's section.
  public let source: String
  /// The loss in text.
  public let formula: String
  /// For learners: what it does and why, what it costs, when it fails. Two to five sentences in
  /// plain words; `explain NAME` shows them. Paragraphs are separated by an empty line.
  public var explanation = ""
  public let options: [StrategyOption]
}

/// A way of teaching a network task after task.
///
/// A strategy is a value: its stored properties are all the state it has besides the learner's, and
/// nothing is kept in closures or loops, so a run can stop, be saved, and go on anywhere.
public protocol Strategy: Codable, Hashable, Sendable {
  static var description: StrategyDescription { get }

  init(_ options: OptionValues)

  /// The tasks as this strategy meets them.
  static func tasks(_ tasks: [[Int]], options: OptionValues) -> [[Int]]

  /// Why this strategy cannot teach a network of this architecture, or nil.
  static func objection(to architecture: Architecture) -> StrategyObjection?

  /// Makes the learner ready for a task, and says in what stages it is learned.
  mutating func begin(_ lesson: Lesson, _ learner: inout Learner) -> [Stage]

  /// The training images, by position in the training split, that an epoch of `stage` goes through.
  func images(for stage: Stage, _ lesson: Lesson, _ learner: Learner) -> [Int]

  /// Learns from one batch.
  mutating func train(_ batch: Minibatch, _ lesson: Lesson, _ learner: inout Learner) -> BatchResult

  /// Called when a stage has passed its last epoch and, if it asks for one, its evaluation.
  mutating func end(_ stage: Stage, _ lesson: Lesson, _ learner: inout Learner)
}

extension Strategy {
  public static func tasks(_ tasks: [[Int]], options: OptionValues) -> [[Int]] { tasks }

  public static func objection(to architecture: Architecture) -> StrategyObjection? {
    architecture.heads.count == 1 ? nil : .needsHeads(1, found: architecture.heads.count)
  }

  public func images(for stage: Stage, _ lesson: Lesson, _ learner: Learner) -> [Int] {
    lesson.newImages
  }

  public mutating func end(_ stage: Stage, _ lesson: Lesson, _ learner: inout Learner) {}
}

/// Why a strategy cannot do with a network.
public enum StrategyObjection: Error, Hashable, Sendable {
  case needsHeads(Int, found: Int)
}

/// Epochs over one set of images.
public struct Stage: Codable, Hashable, Sendable {
  public enum Purpose: String, Codable, Hashable, Sendable {
    /// Learning the task.
    case learn
    /// A pass afterwards that balances old and new classes.
    case balance
  }

  public var purpose: Purpose
  public var epochs: Int
  /// Images an epoch takes from `images(for:)` at a time.
  public var batchSize: Int
  /// Whether the task's test accuracy is measured when the stage is over.
  public var evaluates: Bool

  public init(_ purpose: Purpose, epochs: Int, batchSize: Int, evaluates: Bool) {
    self.purpose = purpose
    self.epochs = epochs
    self.batchSize = batchSize
    self.evaluates = evaluates
  }
}

/// A strategy of any kind, saved with its name.
public struct AnyStrategy: Sendable {
  public var base: any Strategy

  public init(_ base: any Strategy) { self.base = base }

  public var name: String { type(of: base).description.name }
}

extension AnyStrategy: Hashable {
  public static func == (a: AnyStrategy, b: AnyStrategy) -> Bool {
    AnyHashable(a.base) == AnyHashable(b.base)
  }

  public func hash(into hasher: inout Hasher) { base.hash(into: &hasher) }
}

extension AnyStrategy: Codable {
  private enum Key: CodingKey {
    case name
    case state
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(name, forKey: .name)
    try fields.encode(base, forKey: .state)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let name = try fields.decode(String.self, forKey: .name)
    guard let type = Strategies.named(name) else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: fields, debugDescription: "no strategy is called '\(name)'")
    }
    base = try fields.decode(type, forKey: .state)
  }
}
