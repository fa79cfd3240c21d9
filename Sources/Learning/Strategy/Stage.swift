import Datasets

/// Epochs over one set of images, or as many training steps.
public struct Stage: Codable, Hashable, Sendable {
  public enum Purpose: String, Codable, Hashable, Sendable {
    /// Learning the task.
    case learn
    /// Training afterwards that balances old and new classes.
    case balance
    /// Looking at images without training: `Strategy.survey` instead of `train`, in a fixed order.
    case survey
  }

  public var purpose: Purpose
  public var epochs: Int
  /// Training steps in all, in place of `epochs`: as many epochs as they need, the last one cut short.
  public private(set) var steps: Int?
  /// Images an epoch takes from `images(for:)` at a time.
  public var batchSize: Int
  /// Whether the task's test accuracy is measured when the stage is over.
  public var evaluates: Bool
  /// Whether a batch is a run of images of one class instead of `batchSize` images.
  public private(set) var isByClass = false

  public init(
    _ purpose: Purpose, epochs: Int, steps: Int? = nil, batchSize: Int, evaluates: Bool
  ) {
    self.purpose = purpose
    self.epochs = epochs
    self.steps = steps
    self.batchSize = batchSize
    self.evaluates = evaluates
  }

  /// One pass over images without training.
  public static func survey(batchSize: Int, evaluates: Bool) -> Stage {
    Stage(.survey, epochs: 1, batchSize: batchSize, evaluates: evaluates)
  }

  /// One pass without training, in which every batch is one class's images.
  public static func surveyOfClasses(evaluates: Bool) -> Stage {
    var stage = survey(batchSize: 1, evaluates: evaluates)
    stage.isByClass = true
    return stage
  }

  /// Whether an epoch, from 0, may be one of its own or the end of its last.
  public func has(epoch: Int) -> Bool { epoch <= steps ?? epochs }

  /// How many epochs it takes, the last one perhaps cut short.
  ///
  /// - Parameter batches: Of a whole epoch.
  public func epochs(of batches: Int) -> Int {
    guard let steps else { return epochs }
    return batches == 0 ? 0 : (steps + batches - 1) / batches
  }

  /// How many batches an epoch has, which is fewer than there are images for if the steps end in it.
  ///
  /// - Parameter batches: Of a whole epoch.
  public func batches(inEpoch epoch: Int, of batches: Int) -> Int {
    steps.map { max(0, min(batches, $0 - epoch * batches)) } ?? batches
  }

  /// The epoch in which every image of the task comes by for the last time; the first where steps end
  /// before that.
  ///
  /// - Parameter batches: Of a whole epoch.
  public func lastWholeEpoch(of batches: Int) -> Int {
    steps.map { max(0, $0 / max(1, batches) - 1) } ?? epochs - 1
  }

  /// The batches of an epoch, as ranges of `order`.
  func pieces(_ order: [Int], _ experience: Experience) -> [Range<Int>] {
    guard isByClass else {
      return stride(from: 0, to: order.count, by: batchSize).map {
        $0..<min($0 + batchSize, order.count)
      }
    }
    let labels = experience.data.train.labels
    let starts = order.indices.filter { $0 == 0 || labels[order[$0]] != labels[order[$0 - 1]] }
    return zip(starts, starts.dropFirst() + [order.count]).map { $0..<$1 }
  }
}
