/// Whether a classifier is right as often as it is sure (Guo et al. 2017).
///
/// The images are put into bins of equal width by their confidence, bin b of B holding those in
/// ((b − 1) / B, b / B], the first one 0 too. Shares, not percent.
public struct Calibration: Hashable, Sendable {
  /// One bar of a reliability diagram.
  public struct Bin: Hashable, Sendable {
    /// Confidences above `lower`, up to `upper`.
    public let lower: Double
    public let upper: Double
    public let count: Int
    /// Mean confidence; nil for an empty bin.
    public let confidence: Double?
    /// Share of its images that are right; nil for an empty bin.
    public let accuracy: Double?

    /// |accuracy − confidence|; nil for an empty bin.
    public var gap: Double? {
      guard let accuracy, let confidence else { return nil }
      return abs(accuracy - confidence)
    }
  }

  /// The 15 of Guo et al.
  public static let standardBinCount = 15

  public let bins: [Bin]
  /// Images.
  public let count: Int

  /// - Parameters:
  ///   - confidences: Of each image, the probability of the class that it is classified as.
  ///   - isRight: Whether that is its class.
  /// - Returns: nil without images, and where a confidence is not within 0 … 1, such as those of
  ///   a network whose numbers grew beyond all bounds.
  public init?(confidences: [Float], isRight: [Bool], bins binCount: Int = standardBinCount) {
    precondition(confidences.count == isRight.count && binCount > 0)
    guard !confidences.isEmpty, confidences.allSatisfy({ (0...1).contains($0) }) else { return nil }
    var counts = [Int](repeating: 0, count: binCount)
    var rights = counts
    var sums = [Double](repeating: 0, count: binCount)
    for (confidence, isRight) in zip(confidences, isRight) {
      let place = (Double(confidence) * Double(binCount)).rounded(.up)
      let bin = max(Int(place) - 1, 0)
      counts[bin] += 1
      rights[bin] += isRight ? 1 : 0
      sums[bin] += Double(confidence)
    }
    bins = counts.indices.map { bin in
      func mean(_ sum: Double) -> Double? { counts[bin] == 0 ? nil : sum / Double(counts[bin]) }
      return Bin(
        lower: Double(bin) / Double(binCount), upper: Double(bin + 1) / Double(binCount),
        count: counts[bin], confidence: mean(sums[bin]), accuracy: mean(Double(rights[bin])))
    }
    count = confidences.count
  }

  /// ECE: Σ over the bins of (images / all images) · |accuracy − confidence|.
  public var expectedError: Double {
    bins.reduce(0) { $0 + Double($1.count) * ($1.gap ?? 0) } / Double(count)
  }

  /// MCE: the largest |accuracy − confidence| of a bin that has images.
  public var maximumError: Double { bins.compactMap(\.gap).max() ?? 0 }
}
