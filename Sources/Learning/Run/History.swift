public import Metrics
public import Tensors

/// What a run has measured so far.
public struct History: Codable, Hashable, Sendable {
  /// The loss of every training step, in order.
  public internal(set) var losses = Block([])
  public internal(set) var epochs: [EpochRecord] = []
  /// After each task, on the test images of all classes so far, by the strategy's first classifier.
  public internal(set) var evaluations: [Evaluation] = []
  /// Training steps that had been taken when each of the evaluations came.
  public internal(set) var evaluationSteps: [Int] = []
  /// The evaluations by the strategy's other classifiers.
  public internal(set) var others: [ClassifierEvaluations] = []
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

  /// Training steps taken.
  public var steps: Int { losses.count }

  /// - Parameter results: One for each of `classifiers`.
  mutating func add(_ results: [Evaluation], of classifiers: [Classifier]) {
    counted = EvaluationCount()
    evaluations.append(results[0])
    evaluationSteps.append(steps)
    for (classifier, result) in zip(classifiers, results).dropFirst() {
      if let place = others.firstIndex(where: { $0.classifier == classifier }) {
        others[place].evaluations.append(result)
      } else {
        others.append(ClassifierEvaluations(classifier: classifier, evaluations: [result]))
      }
    }
  }
}

/// What one way of classifying came to after each task.
public struct ClassifierEvaluations: Codable, Hashable, Sendable {
  public let classifier: Classifier
  public internal(set) var evaluations: [Evaluation]

  private enum CodingKeys: String, CodingKey {
    case classifier = "head"
    case evaluations
  }
}

/// Sums over part of an epoch.
struct EpochSums: Codable, Hashable, Sendable {
  var loss = 0.0
  var correct = 0
  var count = 0
  /// Nil before the first batch that is measured.
  var descent: DescentSums?

  mutating func add(_ result: BatchResult) {
    if let step = result.descent { descent = (descent ?? DescentSums(step)).adding(step) }
    loss += Double(result.loss) * Double(result.count)
    correct += result.correct
    count += result.count
  }

  var meanLoss: Double { loss / Double(max(1, count)) }
  var accuracy: Double { 100 * Double(correct) / Double(max(1, count)) }
}

/// Sums over those batches of an epoch whose gradients were measured.
struct DescentSums: Codable, Hashable, Sendable {
  private var firstRate: Float
  private var lastRate: Float
  /// Σ of the gradients' norms; nil if one was not a finite number.
  private var norms: Double?
  private var batches = 0

  init(_ first: BatchResult.Descent) {
    firstRate = first.rate
    lastRate = first.rate
    norms = 0
  }

  func adding(_ step: BatchResult.Descent) -> DescentSums {
    var sums = self
    sums.lastRate = step.rate
    sums.norms = norms.flatMap { sum in step.norm.map { sum + $0 } }
    sums.batches += 1
    return sums
  }

  /// Nil unless all of the epoch's batches were measured.
  func ofEpoch(of batches: Int) -> EpochDescent? {
    guard batches == self.batches, batches > 0 else { return nil }
    return EpochDescent(
      firstRate: firstRate, lastRate: lastRate,
      gradientNorm: norms.map { $0 / Double(batches) })
  }
}
