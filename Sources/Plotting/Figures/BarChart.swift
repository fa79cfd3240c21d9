/// A bar for each label and series, such as the images of each class in training and test. The labels
/// stand at the left, the first on top.
public struct BarChart: Hashable, Sendable {
  public struct Series: Hashable, Sendable {
    public let name: String
    /// One for each label; what is missing or not finite has no bar.
    public let values: [Double]

    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  public var title: String?
  public var labels: [String]
  public var series: [Series]
  public var valueLabel: String

  public init(
    title: String? = nil, labels: [String], series: [Series], valueLabel: String = ""
  ) {
    self.title = title
    self.labels = labels
    self.series = series
    self.valueLabel = valueLabel
  }

  /// Those of one series that have a bar, with the position of their label.
  func bars(of series: Series) -> [(position: Int, value: Double)] {
    zip(labels.indices, series.values).filter(\.1.isFinite).map { ($0, $1) }
  }

  /// Of all bars.
  var values: [Double] { series.flatMap { bars(of: $0).map(\.value) } }
}
