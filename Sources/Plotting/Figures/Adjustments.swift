import PlainText

/// What somebody wants otherwise in a figure than a command draws it.
public struct Adjustments: Hashable, Sendable {
  /// Empty for none.
  public var title: String?
  public var xLabel: String?
  public var yLabel: String?
  public var xRange: AxisRange?
  public var yRange: AxisRange?
  public var legend: LegendPlace?
  /// In place of the names in the legend, in the order of the curves, bars or groups.
  public var labels: [String]?
  package var colours: [Colour]?
  public var errors: ErrorForm?

  public init() {}
}

/// What an axis shows.
public enum AxisRange: Hashable, Sendable {
  /// What there is to show.
  case fitting
  /// Where a bound is missing, what there is to show ends the axis.
  case between(Double?, Double?)

  /// With a little room where the bound is the data's own; nil where that leaves nothing.
  func bounds(around values: [Double]) -> ClosedRange<Double>? {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let room = high > low ? (high - low) * 0.05 : 1
    let (lower, upper): (Double, Double) =
      switch self {
      case .fitting: (low - room, high + room)
      case .between(let lower, let upper):
        (lower ?? min(low - room, (upper ?? low) - room), upper ?? high + room)
      }
    return lower < upper ? lower...upper : nil
  }
}

/// Where the names of curves stand.
public enum LegendPlace: String, CaseIterable, Sendable {
  /// At the curves if they are few, else beside or below the picture.
  case auto
  /// At the curves' ends.
  case direct
  case right
  case below
  case off
}

/// How the spread of several runs is drawn.
public enum ErrorForm: String, CaseIterable, Sendable {
  case band
  case bars
  case none
}

/// Why a figure cannot be as somebody wants it.
public enum AdjustmentProblem: Error, Hashable, Sendable {
  /// `names` are those that there should be one for each of.
  case wrongCount(found: Int, names: [String], ofColours: Bool)
  /// Nothing that the figure shows lies between the bounds.
  case emptyRange(isHorizontal: Bool)
}

extension Figure {
  /// Options that have no meaning for the kind of figure change nothing.
  public func adjusted(by wanted: Adjustments) throws(AdjustmentProblem) -> Figure {
    switch self {
    case .images(var grid):
      grid.title = wanted.title(instead: grid.title)
      return .images(grid)
    case .bars(let chart): return .bars(try chart.adjusted(by: wanted))
    case .lines(let chart): return .lines(try chart.adjusted(by: wanted))
    case .heatMap(var map):
      map.title = wanted.title(instead: map.title)
      map.columnTitle = wanted.xLabel ?? map.columnTitle
      map.rowTitle = wanted.yLabel ?? map.rowTitle
      return .heatMap(map)
    case .points(let scatter): return .points(try scatter.adjusted(by: wanted))
    case .panels(var panels):
      var inner = wanted
      if let title = wanted.title {
        // A command may have put it over the first of its panels.
        let isShown = panels.rows.joined().contains { $0.figure.title == title }
        if !isShown { panels.title = title.isEmpty ? nil : title }
      }
      (inner.title, inner.xLabel, inner.yLabel) = (nil, nil, nil)
      for row in panels.rows.indices {
        for place in panels.rows[row].indices {
          let figure = panels.rows[row][place].figure
          panels.rows[row][place].figure = try figure.adjusted(by: inner)
        }
      }
      return .panels(panels)
    }
  }

  /// Without the title over the whole of it.
  func withoutTitle() -> Figure {
    var adjustments = Adjustments()
    adjustments.title = ""
    return (try? adjusted(by: adjustments)) ?? self
  }
}

extension Adjustments {
  fileprivate func title(instead of: String?) -> String? {
    guard let title else { return of }
    return title.isEmpty ? nil : title
  }

  /// - Throws: `wrongCount` unless there are as many labels and colours as names.
  fileprivate func check(_ names: [String]) throws(AdjustmentProblem) {
    for (count, ofColours) in [(labels?.count, false), (colours?.count, true)] {
      guard let count, count != names.count else { continue }
      throw .wrongCount(found: count, names: names, ofColours: ofColours)
    }
  }

  fileprivate func range(
    _ wanted: AxisRange?, around values: [Double], isHorizontal: Bool
  ) throws(AdjustmentProblem) -> ClosedRange<Double>? {
    guard let wanted else { return nil }
    guard let range = wanted.bounds(around: values) else {
      throw .emptyRange(isHorizontal: isHorizontal)
    }
    return range
  }
}

extension LineChart {
  fileprivate func adjusted(by wanted: Adjustments) throws(AdjustmentProblem) -> LineChart {
    var chart = self
    try wanted.check(series.map(\.name))
    chart.title = wanted.title(instead: title)
    chart.xLabel = wanted.xLabel ?? xLabel
    chart.yLabel = wanted.yLabel ?? yLabel
    chart.legend = wanted.legend ?? legend
    chart.errors = wanted.errors ?? errors
    if let labels = wanted.labels {
      for (index, label) in labels.enumerated() { chart.series[index].name = label }
    }
    chart.colours = wanted.colours ?? colours
    let points = series.flatMap(\.finitePoints)
    if let range = try wanted.range(wanted.xRange, around: points.map(\.x), isHorizontal: true) {
      chart.chosenXRange = range
    }
    let shown = points.filter { chart.chosenXRange?.contains($0.x) ?? true }
    let reach = shown.flatMap { point in
      let error = chart.errors == .none ? 0 : point.error ?? 0
      return [point.y - error, point.y + error]
    }
    if let range = try wanted.range(wanted.yRange, around: reach, isHorizontal: false) {
      (chart.yRange, chart.isYRangeChosen) = (range, true)
    }
    return chart
  }
}

extension BarChart {
  fileprivate func adjusted(by wanted: Adjustments) throws(AdjustmentProblem) -> BarChart {
    var chart = self
    try wanted.check(series.map(\.name))
    chart.title = wanted.title(instead: title)
    chart.valueLabel = wanted.xLabel ?? valueLabel
    if let labels = wanted.labels {
      for (index, label) in labels.enumerated() { chart.series[index].name = label }
    }
    chart.colours = wanted.colours ?? colours
    if let range = try wanted.range(wanted.xRange, around: values + [0], isHorizontal: true) {
      chart.valueRange = range
    }
    switch wanted.legend {
    case .off?: chart.hasLegend = false
    case .below?: chart.legendIsBelow = true
    case .auto?, .direct?, .right?, nil: break
    }
    return chart
  }
}

extension Scatter {
  fileprivate func adjusted(by wanted: Adjustments) throws(AdjustmentProblem) -> Scatter {
    var scatter = self
    let entries = entries
    try wanted.check(entries.map(\.name))
    scatter.title = wanted.title(instead: title)
    scatter.xLabel = wanted.xLabel ?? xLabel
    scatter.yLabel = wanted.yLabel ?? yLabel
    for (index, entry) in entries.enumerated() {
      for place in groups.indices where groups[place].style == entry.style {
        if let labels = wanted.labels { scatter.groups[place].name = labels[index] }
        if let colours = wanted.colours { scatter.groups[place].ownColour = colours[index] }
      }
    }
    let points = groups.flatMap(\.finitePoints)
    scatter.xRange =
      try wanted.range(wanted.xRange, around: points.map(\.x), isHorizontal: true) ?? xRange
    scatter.yRange =
      try wanted.range(wanted.yRange, around: points.map(\.y), isHorizontal: false) ?? yRange
    if wanted.legend == .off, legend == .beside { scatter.legend = .none }
    return scatter
  }
}
