/// A bar for each label and series, such as the images of each class in training and test. The labels
/// stand at the left, the first on top.
public struct BarChart: Hashable, Sendable {
  public struct Series: Hashable, Sendable {
    public var name: String
    /// One for each label; what is missing or not finite has no bar.
    public let values: [Double]
    /// The number of its colour, from 0; that of its position if nil.
    public var style: Int?

    public init(name: String, values: [Double], style: Int? = nil) {
      self.name = name
      self.values = values
      self.style = style
    }
  }

  public var title: String?
  public var labels: [String]
  public var series: [Series]
  public var valueLabel: String
  /// Whether each label has a bar of one series only: it is as thick as if there were one series.
  public var isExclusive: Bool
  /// Of the numbers at the bars; nil for as many as tell them.
  public var decimals: Int?
  public var hasLegend: Bool
  var legendIsBelow = false
  /// One for each series, if they are not those of its style.
  var colours: [Colour]?
  /// Without one the axis fits the bars.
  var valueRange: ClosedRange<Double>?

  public init(
    title: String? = nil, labels: [String], series: [Series], valueLabel: String = "",
    isExclusive: Bool = false, decimals: Int? = nil, hasLegend: Bool = true
  ) {
    self.title = title
    self.labels = labels
    self.series = series
    self.valueLabel = valueLabel
    self.isExclusive = isExclusive
    self.decimals = decimals
    self.hasLegend = hasLegend && series.count > 1
  }

  /// Those of one series that have a bar, with the position of their label.
  func bars(of series: Series) -> [(position: Int, value: Double)] {
    zip(labels.indices, series.values).filter(\.1.isFinite).map { ($0, $1) }
  }

  func colour(of position: Int) -> Colour {
    if let colours, colours.indices.contains(position) { return colours[position] }
    return Palette.colour(series[position].style ?? position)
  }

  /// Bars that stand side by side at a label.
  var abreast: Int { isExclusive ? 1 : series.count }

  /// Of all bars.
  var values: [Double] { series.flatMap { bars(of: $0).map(\.value) } }
}
