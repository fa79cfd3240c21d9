import PlainText
import System

/// Curves over a common x axis, such as the test accuracy of several runs.
public struct LineChart: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public let x: Double
    public let y: Double
    /// Half the height of the error bar, such as a standard deviation over seeds.
    public let error: Double?

    public init(x: Double, y: Double, error: Double? = nil) {
      self.x = x
      self.y = y
      self.error = error
    }

    var isFinite: Bool { x.isFinite && y.isFinite }
  }

  public struct Series: Hashable, Sendable {
    public let name: String
    /// A point that is not finite interrupts the curve.
    public var points: [Point]
    /// The position of the series that it belongs to: it has the other's colour, and is dashed.
    public var partner: Int?

    public init(name: String, points: [Point], partner: Int? = nil) {
      self.name = name
      self.points = points
      self.partner = partner
    }

    public init(name: String, x: [Double], y: [Double]) {
      self.init(name: name, points: zip(x, y).map { Point(x: $0, y: $1) })
    }

    var finitePoints: [Point] { points.filter(\.isFinite) }
  }

  /// A place on the x axis where something else begins, such as a task: a line through the chart.
  public struct Border: Hashable, Sendable {
    public let x: Double
    /// What begins there.
    public let label: String

    public init(x: Double, label: String) {
      self.x = x
      self.label = label
    }
  }

  public var title: String?
  public var xLabel: String
  public var yLabel: String
  /// Without one the axis fits the points.
  public var yRange: ClosedRange<Double>?
  public var series: [Series]
  /// The weight of the past in the smoothed curve, 0 ..< 1; 0 draws the points alone. A smoothed
  /// series is drawn pale, with the smoothed curve on top.
  public var smoothing: Double
  /// Whether equal ratios of x, which must be above 0, lie equally far apart; not in pictures made of
  /// characters.
  public var isLogarithmic = false
  /// Behind the curves.
  public var borders: [Border] = []
  /// Columns of text beside the chart for its legend; as many as that needs if nil.
  var legendColumns: Int?

  public init(
    title: String? = nil, xLabel: String, yLabel: String, yRange: ClosedRange<Double>? = nil,
    series: [Series], smoothing: Double = 0
  ) {
    precondition((0..<1).contains(smoothing))
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.yRange = yRange
    self.series = series
    self.smoothing = smoothing
  }

  /// The series with a point to draw, by their positions.
  var drawn: [(offset: Int, element: Series)] {
    series.enumerated().filter { !$0.element.finitePoints.isEmpty }
  }

  /// The borders within the curves' range, with their labels where there is room for them.
  ///
  /// - Parameter columns: Of text, across the whole range.
  package func borders(columns: Int) -> [(x: Double, label: String?)] {
    let range = xRange
    let inside = borders.filter { range.contains($0.x) }
    let ends = inside.dropFirst().map(\.x) + [range.upperBound]
    let width = range.upperBound - range.lowerBound
    return zip(inside, ends).map { border, end in
      let room = Int((end - border.x) / width * Double(columns)) - 2
      return (border.x, displayWidth(border.label) <= room ? border.label : nil)
    }
  }

  /// The position of the series whose colour a series has.
  package func colouring(of position: Int) -> Int { series[position].partner ?? position }

  /// What is drawn of a series on top.
  func curve(of series: Series) -> Series {
    smoothing > 0 ? series.smoothed(weight: smoothing) : series
  }

  /// Test accuracy in percent of one or several runs: the notebook's closing figure.
  public static func accuracy(
    title: String? = "Test accuracy over all classes seen", xLabel: String = "Number of classes",
    of runs: [Series]
  ) -> LineChart {
    LineChart(
      title: title, xLabel: xLabel, yLabel: "Test accuracy (%)", yRange: 0...100, series: runs)
  }

  /// Charts below each other whose x axes are to lie below each other too.
  public static func aligned(_ charts: [LineChart]) -> [LineChart] {
    let names = charts.flatMap { $0.series.map { displayWidth($0.name) } }
    return charts.map { chart in
      var chart = chart
      chart.legendColumns = min(legendLimit, names.max() ?? 0)
      return chart
    }
  }

  /// A legend's longest name, in columns.
  static let legendLimit = 28

  /// Training loss by batch, from zero to the largest value of the smoothed curves. Of the pale points
  /// behind them one in a hundred may lie higher: a single bad batch flattens nothing.
  public static func loss(
    title: String? = "Training loss", xLabel: String = "Batch", of runs: [Series],
    smoothing: Double = 0.95
  ) -> LineChart {
    let curves = runs.flatMap { $0.smoothed(weight: smoothing).finitePoints.map(\.y) }
    let points = runs.flatMap { $0.finitePoints.map(\.y) }.sorted()
    let largest = max(curves.max() ?? 0, points.isEmpty ? 0 : points[(points.count - 1) * 99 / 100])
    return LineChart(
      title: title, xLabel: xLabel, yLabel: "Loss", yRange: largest > 0 ? 0...largest * 1.03 : nil,
      series: runs, smoothing: smoothing)
  }
}

extension LineChart {
  /// The positions of the series that lie upon each other, so that only one of each group is seen.
  public var coincidingSeries: [[Int]] {
    var groups: [(points: [Point], members: [Int])] = []
    for (position, series) in series.enumerated() {
      let points = series.finitePoints
      if let known = groups.firstIndex(where: { $0.points == points }) {
        groups[known].members.append(position)
      } else if !points.isEmpty {
        groups.append((points, [position]))
      }
    }
    return groups.map(\.members).filter { $0.count > 1 }
  }
}

extension LineChart.Series {
  /// The exponential moving average, corrected for its start (Kingma and Ba 2015, section 3). It begins
  /// anew after a gap.
  package func smoothed(weight: Double) -> LineChart.Series {
    var average = 0.0
    var count = 0.0
    var series = self
    series.points = points.map { point in
      guard point.isFinite else {
        (average, count) = (0, 0)
        return point
      }
      average = weight * average + (1 - weight) * point.y
      count += 1
      return LineChart.Point(x: point.x, y: average / (1 - pow(weight, count)))
    }
    return series
  }

  /// The smallest and largest point of each of `limit / 2` stretches, in order, so that a curve of
  /// a million batches looks as it would with all of them. Of the gaps in a stretch the first stays
  /// too, so that no line is drawn over it; each is a point more than `limit`.
  package func thinned(to limit: Int) -> LineChart.Series {
    guard points.count > limit, limit >= 2 else { return self }
    let stretches = limit / 2
    var kept = [LineChart.Point]()
    for stretch in 0..<stretches {
      let range = stretch * points.count / stretches..<(stretch + 1) * points.count / stretches
      let finite = range.filter { points[$0].isFinite }
      let low = finite.min { points[$0].y < points[$1].y }
      let high = finite.max { points[$0].y < points[$1].y }
      let gap = range.first { !points[$0].isFinite }
      kept += Set([low, high, gap].compactMap(\.self)).sorted().map { points[$0] }
    }
    var series = self
    series.points = kept
    return series
  }
}
