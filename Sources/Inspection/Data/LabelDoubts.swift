import Foundation

/// Images whose label a classifier that has not seen them contradicts.
///
/// Scores become probabilities by a softmax of scores / T, with the temperature T at which the labels
/// are likeliest (Guo et al. 2017). Which of the contradicted labels are suspects follows from
/// confident learning (Northcutt et al. 2021): a class is named with confidence where its probability
/// is at least the mean that it has on the images labelled so; a suspect has another class named so,
/// and it is the likeliest of all.
public struct LabelDoubts: Hashable, Sendable {
  public struct Doubt: Hashable, Sendable {
    /// Position in the split.
    public let image: Int
    public let label: Int
    /// The likeliest class.
    public let answer: Int
    /// Of the answer and of the label.
    public let probability: Double
    public let ofLabel: Double
    /// −log of the label's probability.
    public let loss: Double

    /// How much likelier the answer is than the label, 0 … 1.
    public var margin: Double { probability - ofLabel }
  }

  public enum Order: String, CaseIterable, Sendable {
    /// The least probable labels first.
    case loss
    /// The largest distance from the label's probability to the answer's first.
    case margin
  }

  /// Images that were judged.
  public let count: Int
  /// Those of them that are classified as labelled.
  public let agreeing: Int
  public let temperature: Double
  /// The mean probability of each class on the images labelled so; nil without any.
  public let thresholds: [Double?]
  /// In the order of the images.
  public let suspects: [Doubt]

  /// - Parameters:
  ///   - images: Positions in the split.
  ///   - scores: [N, classes], −∞ for classes that the image's judge does not know.
  package init(images: [Int], labels: [Int], scores: [Float], classes: Int) {
    precondition(scores.count == images.count * classes && labels.count == images.count)
    let rows = images.indices.map { row in
      scores[row * classes..<(row + 1) * classes].map(Double.init)
    }
    let temperature = Self.temperature(rows, labels)
    let probabilities = rows.map { Self.softmax($0, temperature) }
    var sums = [Double](repeating: 0, count: classes)
    var counts = [Int](repeating: 0, count: classes)
    for (row, label) in labels.enumerated() {
      sums[label] += probabilities[row][label]
      counts[label] += 1
    }
    let thresholds = zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : nil }
    var (suspects, agreeing) = ([Doubt](), 0)
    for (row, label) in labels.enumerated() {
      let p = probabilities[row]
      let answer = p.indices.reduce(0) { p[$1] > p[$0] ? $1 : $0 }
      if answer == label { agreeing += 1 }
      guard answer != label, let threshold = thresholds[answer], p[answer] >= threshold else {
        continue
      }
      suspects.append(
        Doubt(
          image: images[row], label: label, answer: answer, probability: p[answer],
          ofLabel: p[label], loss: Self.loss(rows[row], label, temperature)))
    }
    count = images.count
    self.agreeing = agreeing
    self.temperature = temperature
    self.thresholds = thresholds
    self.suspects = suspects
  }

  /// The suspects, equals in the order of the images.
  public func sorted(by order: Order) -> [Doubt] {
    suspects.sorted { a, b in
      switch order {
      case .loss: (b.loss, a.image) < (a.loss, b.image)
      case .margin: (b.margin, a.image) < (a.margin, b.image)
      }
    }
  }

  private static func softmax(_ scores: [Double], _ temperature: Double) -> [Double] {
    let largest = scores.max() ?? 0
    let powers = scores.map { exp(($0 - largest) / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  private static func loss(_ scores: [Double], _ label: Int, _ temperature: Double) -> Double {
    let largest = scores.max() ?? 0
    let sum = scores.reduce(0) { $0 + exp(($1 - largest) / temperature) }
    return log(sum) - (scores[label] - largest) / temperature
  }

  /// Where the mean loss is smallest, between 0.001 and 10: it falls, then rises, so that a section by
  /// the golden ratio finds the place, here to some nine digits of log T.
  private static func temperature(_ rows: [[Double]], _ labels: [Int]) -> Double {
    guard !rows.isEmpty else { return 1 }
    func meanLoss(_ logarithm: Double) -> Double {
      let temperature = exp(logarithm)
      return zip(rows, labels).reduce(0) { $0 + loss($1.0, $1.1, temperature) }
    }
    let golden = (5.0.squareRoot() - 1) / 2
    var (low, high) = (log(0.001), log(10.0))
    var (left, right) = (high - golden * (high - low), low + golden * (high - low))
    var (atLeft, atRight) = (meanLoss(left), meanLoss(right))
    for _ in 0..<40 {
      if atLeft < atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = high - golden * (high - low)
        atLeft = meanLoss(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = low + golden * (high - low)
        atRight = meanLoss(right)
      }
    }
    return exp((low + high) / 2)
  }
}
