import Datasets

/// Epochs over one set of images.
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
  /// Images an epoch takes from `images(for:)` at a time.
  public var batchSize: Int
  /// Whether the task's test accuracy is measured when the stage is over.
  public var evaluates: Bool
  /// Whether a batch is a run of images of one class instead of `batchSize` images.
  public private(set) var isByClass = false

  public init(_ purpose: Purpose, epochs: Int, batchSize: Int, evaluates: Bool) {
    self.purpose = purpose
    self.epochs = epochs
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
