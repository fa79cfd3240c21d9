/// A bar for each label and series, such as the images of each class in training and test.
public struct BarChart: Hashable, Sendable {
  public enum Orientation: Hashable, Sendable, CaseIterable {
    /// Labels at the left, the first on top: the one for long names.
    case horizontal
    case vertical
  }

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
  public var orientation: Orientation

  public init(
    title: String? = nil, labels: [String], series: [Series], valueLabel: String = "",
    orientation: Orientation = .horizontal
  ) {
    self.title = title
    self.labels = labels
    self.series = series
    self.valueLabel = valueLabel
    self.orientation = orientation
  }

  /// Those of one series that have a bar, with the position of their label.
  func bars(of series: Series) -> [(position: Int, value: Double)] {
    zip(labels.indices, series.values).filter(\.1.isFinite).map { ($0, $1) }
  }

  var largest: Double { series.flatMap { bars(of: $0).map(\.value) }.max() ?? 0 }
  var smallest: Double { series.flatMap { bars(of: $0).map(\.value) }.min() ?? 0 }
}
