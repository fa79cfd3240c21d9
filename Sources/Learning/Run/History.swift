public import Metrics
public import Tensors

/// What a run has measured so far.
public struct History: Codable, Hashable, Sendable {
  /// The loss of every training step, in order.
  public internal(set) var losses = Block([])
  public internal(set) var epochs: [EpochRecord] = []
  /// After each task, on the test images of all classes so far, by the strategy's first head.
  public internal(set) var evaluations: [Evaluation] = []
  /// Training steps that had been taken when each of the evaluations came.
  public internal(set) var evaluationSteps: [Int] = []
  /// The evaluations by the strategy's other heads.
  public internal(set) var others: [HeadEvaluations] = []
  /// Training steps taken when the task under way began.
  public internal(set) var stepsBeforeTask = 0
  /// After each task but the last, on the next one's test images; only in the domain-incremental
  /// scenario, where a task has outputs before it is learned.
  public internal(set) var ahead: [Evaluation] = []
  /// Sums over the epoch under way.
  var epoch = EpochSums()
  /// The evaluation under way.
  var counted = EvaluationCount()
  /// The same for the next task.
  var countedAhead = EvaluationCount()

  public init() {}

  /// Training steps taken.
  public var steps: Int { losses.count }

  /// The evaluations by one of the run's heads, or nil if the run does not have it.
  public func evaluations(by head: ClassifierHead, of heads: [ClassifierHead]) -> [Evaluation]? {
    guard head != heads.first else { return evaluations }
    guard heads.contains(head) else { return nil }
    return others.first { $0.head == head }?.evaluations ?? []
  }

  /// - Parameter results: One for each of `heads`.
  mutating func add(_ results: [Evaluation], of heads: [ClassifierHead]) {
    counted = EvaluationCount()
    evaluations.append(results[0])
    evaluationSteps.append(steps)
    for (head, result) in zip(heads, results).dropFirst() {
      if let place = others.firstIndex(where: { $0.head == head }) {
        others[place].evaluations.append(result)
      } else {
        others.append(HeadEvaluations(head: head, evaluations: [result]))
      }
    }
  }
}

/// What one way of classifying came to after each task.
public struct HeadEvaluations: Codable, Hashable, Sendable {
  public let head: ClassifierHead
  public internal(set) var evaluations: [Evaluation]
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
