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
    public var name: String
    /// A point that is not finite interrupts the curve.
    public var points: [Point]
    /// The position of the series that it belongs to: it has the other's colour, and is dashed.
    public var partner: Int?
    /// Colour, dashes and mark, from 0; those of its position if nil. What has the same number looks
    /// the same in all figures.
    public var style: Int?
    /// How many runs the points are the means of.
    public var runs: Int?

    public init(
      name: String, points: [Point], partner: Int? = nil, style: Int? = nil, runs: Int? = nil
    ) {
      self.name = name
      self.points = points
      self.partner = partner
      self.style = style
      self.runs = runs
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
  /// What is labelled along x; round values, or the points themselves where they are few, if nil.
  public var xTicks: [Double]?
  /// Columns of text beside the chart for its legend; as many as that needs if nil.
  var legendColumns: Int?
  public var legend = LegendPlace.auto
  /// Whether the legend begins with the series that ends highest.
  public var isOrderedByEnd = false
  /// How the points' errors are drawn.
  public var errors = ErrorForm.bars
  /// One for each series, if they are not those of its style.
  var colours: [Colour]?
  /// Without one the axis fits the points.
  var chosenXRange: ClosedRange<Double>?
  /// Whether somebody asked for the y range, so that nothing beyond it is drawn at its edge.
  var isYRangeChosen = false

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

  /// What lies above the end of the y axis, in words: `3 of 1,300 points lie above, up to 5.3`. Nil
  /// if nothing does.
  public var cut: String? {
    guard smoothing > 0, let top = yRange?.upperBound else { return nil }
    let values = series.flatMap { $0.finitePoints.map(\.y) }
    let above = values.filter { $0 > top }
    guard let most = above.max() else { return nil }
    return "\(grouped(above.count)) of \(counted(values.count, "point")) lie above, up to "
      + significant(most, 3)
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

  /// What a series' colour, dashes and mark follow from.
  func style(of position: Int) -> Int {
    let owner = colouring(of: position)
    return series.indices.contains(owner) ? series[owner].style ?? owner : owner
  }

  /// Whether a point lies within the ranges that somebody asked for.
  func shows(_ point: Point) -> Bool {
    (chosenXRange?.contains(point.x) ?? true)
      && (isYRangeChosen ? yRange?.contains(point.y) ?? true : true)
  }

  func colour(of position: Int) -> Colour {
    let owner = colouring(of: position)
    if let colours, colours.indices.contains(owner) { return colours[owner] }
    return Palette.colour(style(of: position))
  }

  /// The series that are drawn, in the order of the legend.
  var inOrder: [(offset: Int, element: Series)] {
    guard isOrderedByEnd else { return drawn }
    func end(_ series: Series) -> Double { series.finitePoints.last?.y ?? -.infinity }
    return drawn.sorted { (end($0.element), -$0.offset) > (end($1.element), -$1.offset) }
  }

  private var hasErrors: Bool {
    smoothing == 0 && series.contains { $0.finitePoints.contains { $0.error != nil } }
  }

  /// What the points and their errors are, where they are of several runs: `mean ± sd, n = 3`.
  public var note: String? {
    guard hasErrors else { return nil }
    let counts = series.compactMap(\.runs).filter { $0 > 1 }
    guard let least = counts.min(), let most = counts.max() else { return nil }
    let count = least == most ? "\(least)" : "\(least)–\(most)"
    return (errors == .none ? "mean, n = " : "mean ± sd, n = ") + count
  }

  /// What stands above the frame.
  var remark: String? {
    let parts = [note, cut].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// What is drawn of a series on top.
  func curve(of series: Series) -> Series {
    smoothing > 0 ? series.smoothed(weight: smoothing) : series
  }

  /// Test accuracy in percent of one or several runs: the notebook's closing figure.
  public static func accuracy(
    title: String? = "Test accuracy over all classes seen", xLabel: String = "Number of classes",
    of runs: [Series]
  ) -> LineChart {
    var chart = LineChart(
      title: title, xLabel: xLabel, yLabel: "Test accuracy (%)", yRange: 0...100, series: runs)
    chart.isOrderedByEnd = true
    chart.errors = .band
    return chart
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
  public static let legendLimit = 28

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
  /// anew after a gap. Errors are smoothed in the same way.
  package func smoothed(weight: Double) -> LineChart.Series {
    var average = 0.0
    var error = 0.0
    var count = 0.0
    var series = self
    series.points = points.map { point in
      guard point.isFinite else {
        (average, error, count) = (0, 0, 0)
        return point
      }
      average = weight * average + (1 - weight) * point.y
      error = weight * error + (1 - weight) * (point.error ?? 0)
      count += 1
      let whole = 1 - pow(weight, count)
      return LineChart.Point(
        x: point.x, y: average / whole, error: point.error == nil ? nil : error / whole)
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
