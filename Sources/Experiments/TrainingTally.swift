public import Learning

/// What training did between two moments, summed up over its batches.
public struct TrainingTally: Sendable {
  /// The batches of stages of one purpose.
  public struct Part: Sendable {
    public let purpose: Stage.Purpose
    public private(set) var batches = 0
    /// Training images; those of a survey are not counted.
    public private(set) var images = 0
    private var loss = 0.0
    private var correct = 0
    /// The learning rates of the first and the last batch; nil where nothing went down a gradient.
    public private(set) var rates: (first: Float, last: Float)?
    private var norms = 0.0
    private var measured = 0
    /// Of the last batch's gradient, L2 over all parameters, before the optimizer; nil if there was
    /// none, or it was not a finite number.
    public private(set) var lastGradientNorm: Double?

    fileprivate init(_ purpose: Stage.Purpose) { self.purpose = purpose }

    /// Mean over the images; nil without any.
    public var meanLoss: Double? { images == 0 ? nil : loss / Double(images) }

    /// In percent, each batch judged before its step; nil without images.
    public var accuracy: Double? { images == 0 ? nil : 100 * Double(correct) / Double(images) }

    /// Mean over the batches that have one.
    public var meanGradientNorm: Double? { measured == 0 ? nil : norms / Double(measured) }

    fileprivate mutating func add(_ result: BatchResult) {
      batches += 1
      images += result.count
      loss += Double(result.loss) * Double(result.count)
      correct += result.correct
      lastGradientNorm = result.descent?.norm
      guard let descent = result.descent else { return }
      rates = (rates?.first ?? descent.rate, descent.rate)
      guard let norm = descent.norm else { return }
      norms += norm
      measured += 1
    }

    fileprivate mutating func addSurvey() { batches += 1 }
  }

  /// In the order in which they began.
  public private(set) var parts: [Part] = []

  public init() {}

  public mutating func take(_ event: Event) {
    switch event {
    case .batchTrained(let batch): parts[index(of: batch.purpose)].add(batch.result)
    case .imagesSurveyed: parts[index(of: .survey)].addSurvey()
    default: break
    }
  }

  private mutating func index(of purpose: Stage.Purpose) -> Int {
    if let index = parts.firstIndex(where: { $0.purpose == purpose }) { return index }
    parts.append(Part(purpose))
    return parts.count - 1
  }
}
