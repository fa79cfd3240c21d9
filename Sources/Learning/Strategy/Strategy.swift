public import Datasets
public import Networks
public import Tensors

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
  public let explanation: String
}

/// A way of teaching a network task after task.
///
/// A strategy is a value: its stored properties are all the state it has besides the learner's, and
/// nothing is kept in closures or loops, so a run can stop, be saved, and go on anywhere.
public protocol Strategy: Codable, Hashable, Sendable {
  static var description: StrategyDescription { get }

  /// Reads all of its options, whatever their values.
  init(_ options: inout OptionReader)

  /// The tasks as this strategy meets them.
  func tasks(_ tasks: [[Int]]) -> [[Int]]

  /// Whether the network may have outputs for classes to come.
  static var takesAllOutputs: Bool { get }

  /// The outputs that the network has while it learns `task` of `tasks`.
  func outputs(_ tasks: TaskSequence, through task: Int) -> Int

  /// Why this strategy cannot teach in this setting, or nil.
  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection?

  /// Makes the learner ready for a task, and says in what stages it is learned. The optimizer must
  /// be prepared anew: that of an earlier task is gone.
  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage]

  /// The training images, by position in the training split, that an epoch of `stage` goes through.
  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int]

  /// Learns from one batch.
  mutating func train(_ batch: Minibatch, _ experience: Experience, _ learner: inout Learner)
    -> BatchResult

  /// Looks at a batch of a survey stage without training on it: sums up a statistic, picks exemplars.
  mutating func survey(_ batch: Minibatch, _ experience: Experience, _ learner: inout Learner)

  /// Called when a stage has passed its last epoch, before its evaluation if it asks for one.
  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner)

  /// The ways in which this strategy classifies, the one that its paper reports first.
  var classifiers: [Classifier] { get }

  /// Scores of images, the largest wins: for every one of `classifiers`, [N, outputs so far].
  ///
  /// - Parameter images: [N, height, width, channels], after the transform.
  func scores(_ images: Tensor, _ experience: Experience, _ learner: Learner) -> [Tensor]

  /// Bytes that are carried from task to task besides the network and the exemplars: statistics,
  /// frozen backbones, stored logits; not a teacher, which only training needs. nil if all images
  /// are kept.
  func keptBytes(_ learner: Learner) -> Int?

  /// Training images that the state refers to besides the exemplars, by position.
  var keptImages: [Int] { get }

  /// Whether exemplars are kept from task to task.
  var keepsExemplars: Bool { get }

  /// Whether exemplars of old classes are drawn again from all of their images.
  var redrawsExemplars: Bool { get }

  /// Bytes of sums over images that this state holds, which every checkpoint would hold again.
  var sumBytes: Int { get }

  /// Whether the state, which may come from a file, fits the learner and itself: everything that
  /// would be out of range later must be found here.
  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool
}

extension Strategy {
  public func tasks(_ tasks: [[Int]]) -> [[Int]] { tasks }

  public static var takesAllOutputs: Bool { true }

  public func outputs(_ tasks: TaskSequence, through task: Int) -> Int {
    tasks.headOutputs(during: task)
  }

  public func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection?
  {
    architecture.objection(heads: 1)
  }

  public func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    experience.newImages
  }

  public mutating func survey(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) {}

  public mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {}

  public var classifiers: [Classifier] { [.linear] }

  public func scores(_ images: Tensor, _ experience: Experience, _ learner: Learner) -> [Tensor] {
    [experience.scoresSoFar(learner.network.logits(images, on: experience.device)[0])]
  }

  public func keptBytes(_ learner: Learner) -> Int? { 0 }

  public var keptImages: [Int] { [] }

  public var keepsExemplars: Bool { false }

  public var redrawsExemplars: Bool { false }

  public var sumBytes: Int { 0 }

  public func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool { true }
}

/// A way of telling from an image's features which class it is.
public enum Classifier: String, CaseIterable, Codable, Hashable, Sendable {
  /// The network's last layer, trained by gradient descent.
  case linear
  /// The class whose mean feature is nearest (Mensink et al. 2013; Rebuffi et al. 2017).
  case nearestMean = "nearest-mean"
  /// Gaussian classes of one covariance (Hayes and Kanan 2020).
  case gaussian
  /// Least squares with a ridge, solved exactly.
  case ridge
}
