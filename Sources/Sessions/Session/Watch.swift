/// What is measured of a run after its batches while it learns, and what was measured.
///
/// It stands beside the run, not in it: watching changes no bit of what is learned.
public struct Watch: Codable, Hashable, Sendable {
  /// Test images of some classes, whose accuracy is measured.
  public struct Target: Codable, Hashable, Sendable {
    /// As a person called it: `T.1`.
    public var name: String
    /// Positions in the test split.
    public var images: [Int]

    public init(name: String, images: [Int]) {
      self.name = name
      self.images = images
    }
  }

  /// What was measured at one moment.
  public struct Row: Codable, Hashable, Sendable {
    /// From 0.
    public var task: Int
    /// Batches that the run had learned.
    public var steps: Int
    /// Of the batch just learned; nil before the first.
    public var loss: Double?
    /// For each target in percent; nil before the run has outputs for its classes.
    public var accuracies: [Double?]
    /// Of the image, for each output that there was.
    public var logits: [Float]

    public init(task: Int, steps: Int, loss: Double?, accuracies: [Double?], logits: [Float]) {
      self.task = task
      self.steps = steps
      self.loss = loss
      self.accuracies = accuracies
      self.logits = logits
    }
  }

  /// How often is measured. The end of each task is measured in any case.
  public enum Interval: Hashable, Sendable {
    /// After every so many batches.
    case batches(Int)
    /// After every epoch.
    case epoch
  }

  public var targets: [Target]
  /// A test image whose logits are kept.
  public var image: Int?
  public var every: Interval
  public private(set) var rows: [Row] = []

  public init(targets: [Target], image: Int?, every: Interval) {
    self.targets = targets
    self.image = image
    self.every = every
  }

  /// Adds a measurement. What was measured at this point or later, before the run was taken back, goes.
  public mutating func add(_ row: Row) {
    rows.removeAll { $0.steps >= row.steps }
    rows.append(row)
  }

  /// Of the batch after which so many were learned, if that was measured.
  public func loss(at steps: Int) -> Double? { rows.last { $0.steps == steps }?.loss }

  /// The same with what was measured of a run until so many batches.
  public func until(_ steps: Int) -> Watch {
    var watch = self
    watch.rows.removeAll { $0.steps > steps }
    return watch
  }

  /// Whether all numbers, which may come from a file, are possible. Which images there are is seen
  /// where they are measured.
  var isPlausible: Bool {
    every != .batches(0) && targets.allSatisfy { $0.images.allSatisfy { $0 >= 0 } }
      && rows.allSatisfy {
        $0.accuracies.count == targets.count && (0..<1 << 20).contains($0.task) && $0.steps >= 0
      }
  }
}

/// A number of batches, or the word `epoch`.
extension Watch.Interval: Codable {
  private static let word = "epoch"

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .batches(let count): try container.encode(count)
    case .epoch: try container.encode(Self.word)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let word = try? container.decode(String.self), word == Self.word {
      self = .epoch
      return
    }
    // No number below 1 is an interval; what a file may say is told apart by `isPlausible`.
    self = .batches(max(0, try container.decode(Int.self)))
  }
}
