public import Metrics
public import Tensors

/// What a run has measured so far.
public struct History: Codable, Hashable, Sendable {
  /// The loss of every training step, in order.
  public internal(set) var losses = Block([])
  public internal(set) var epochs: [EpochRecord] = []
  /// After each task, on the test images of all classes so far.
  public internal(set) var evaluations: [Evaluation] = []
  /// Sums over the epoch under way.
  var epoch = EpochSums()
  /// The evaluation under way.
  var counted = EvaluationCount()

  public init() {}

  /// Training steps taken.
  public var steps: Int { losses.count }
}

/// Sums over part of an epoch.
struct EpochSums: Codable, Hashable, Sendable {
  var loss = 0.0
  var correct = 0
  var count = 0

  mutating func add(_ result: BatchResult) {
    loss += Double(result.loss) * Double(result.count)
    correct += result.correct
    count += result.count
  }

  var meanLoss: Double { loss / Double(max(1, count)) }
  var accuracy: Double { 100 * Double(correct) / Double(max(1, count)) }
}
