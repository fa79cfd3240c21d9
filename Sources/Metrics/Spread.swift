/// Mean and standard deviation of a figure over several runs.
public struct Spread: Hashable, Sendable {
  public let count: Int
  public let mean: Double
  /// Of the sample, √(Σ (x − mean)² / (count − 1)); nil for a single value.
  public let standardDeviation: Double?

  /// nil without values.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    count = values.count
    standardDeviation =
      values.count < 2
      ? nil
      : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1))
        .squareRoot()
  }
}
