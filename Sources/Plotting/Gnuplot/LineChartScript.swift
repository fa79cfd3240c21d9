import PlainText

extension LineChart {
  var naturalSize: PictureSize { PictureSize(width: 960, height: 600) }

  /// Where every curve has its points, if they are few and far enough apart to be labelled.
  var ticks: [Double]? {
    let all = Set(series.flatMap { $0.finitePoints.map(\.x) }).sorted()
    guard let first = all.first, let last = all.last, all.count <= 12 else { return nil }
    if isLogarithmic { return all }
    // Fractions as labels would run into each other.
    guard all.allSatisfy({ $0 == $0.rounded() }) else { return nil }
    let gaps = zip(all.dropFirst(), all).map { $0 - $1 }
    return gaps.allSatisfy { $0 >= (last - first) / 20 } ? all : nil
  }

  /// The finite points' x, widened so that no marker sits on the frame.
  var xRange: ClosedRange<Double> {
    let all = series.flatMap { $0.finitePoints.map(\.x) }
    guard let low = all.min(), let high = all.max() else { return 0...1 }
    if isLogarithmic { return low / 1.1...high * 1.1 }
    let room = high > low ? (high - low) * 0.03 : 1
    return low - room...high + room
  }
}

extension Script {
  /// Curves in a named block each: x, y, error.
  mutating func draw(_ chart: LineChart, on canvas: Canvas) {
    label(axis: "x", chart.xLabel, on: canvas)
    label(axis: "y", chart.yLabel, on: canvas)
    if chart.isLogarithmic { add("set logscale x") }
    add("set xrange [\(Script.range(chart.xRange))]")
    if let ticks = chart.ticks {
      add("set xtics (\(ticks.map(Script.number).joined(separator: ", ")))")
    }
    if let range = chart.yRange, range.lowerBound < range.upperBound {
      add("set yrange [\(Script.range(range))]")
    }
    var place = "outside right top"
    if let columns = chart.legendColumns {
      // Before a name stands a sample of its line.
      add("set lmargin 11")
      add("set rmargin \(columns + 7)")
      place = "at graph 1.01, graph 1 left top"
    }
    add(
      "set key \(place) Left reverse samplen 2 spacing 1.2 noenhanced \(Script.textColour)")
    mark(chart.borders(columns: Canvas.columns(in: canvas.width * 2 / 3)), on: canvas)
    var clauses = [String]()
    // All pale points first, so that no curve lies under another one's.
    for (index, series) in chart.drawn where chart.smoothing > 0 {
      block("raw\(index)", series.rows)
      let pale = Script.colour(Palette.pale(Palette.colour(chart.colouring(of: index))))
      clauses.append("$raw\(index) using 1:2 with lines linewidth 1 linecolor \(pale) notitle")
    }
    for (index, series) in chart.drawn { clauses += curve(series, index, of: chart) }
    plot(clauses)
  }

  /// Lines from below to above behind the curves, with labels at their upper ends.
  private mutating func mark(_ borders: [(x: Double, label: String?)], on canvas: Canvas) {
    for (index, border) in borders.enumerated() {
      let x = Script.number(border.x)
      add(
        "set arrow \(index + 1) from first \(x), graph 0 to first \(x), graph 1 nohead back "
          + "linewidth 1 dashtype 2 linecolor \(Script.colour(.axis))")
      guard let label = border.label else { continue }
      add(
        "set label \(index + 1) \(gnuplotText(label)) at first \(x), graph 0.97 left "
          + "offset character 0.4,0 noenhanced \(canvas.font(Canvas.small)) "
          + "textcolor \(Script.colour(.axis))")
    }
  }

  private mutating func curve(
    _ series: LineChart.Series, _ index: Int, of chart: LineChart
  ) -> [String] {
    block("curve\(index)", chart.curve(of: series).rows)
    let colour = Script.colour(Palette.colour(chart.colouring(of: index)))
    let dash = (series.partner == nil ? 1 : 2) + chart.colouring(of: index) / Palette.series.count
    let marker = Palette.markers[index % Palette.markers.count]
    let title = "title " + Script.text(series.name, within: LineChart.legendLimit)
    var clauses = [String]()
    if series.finitePoints.contains(where: { $0.error != nil }), chart.smoothing == 0 {
      clauses.append(
        "$curve\(index) using 1:2:3 with yerrorbars pointtype 0 linewidth 1 "
          + "linecolor \(colour) notitle")
    }
    // A point between two gaps has no line that would show it.
    let isLine = series.points.count > 60 || chart.smoothing > 0
    let hasMarkers = !isLine || series.hasLonePoint
    clauses.append(
      "$curve\(index) using 1:2 with \(hasMarkers ? "linespoints" : "lines") "
        + "linewidth 2 dashtype \(dash) linecolor \(colour) "
        + (hasMarkers ? "pointtype \(marker) pointsize 1.1 " : "") + title)
    return clauses
  }
}

extension LineChart.Series {
  /// Empty rows are where gnuplot ends a line and begins another.
  fileprivate var rows: [[Double]] {
    thinned(to: 2000).points.map { $0.isFinite ? [$0.x, $0.y, $0.error ?? 0] : [] }
  }

  fileprivate var hasLonePoint: Bool {
    points.split { !$0.isFinite }.contains { $0.count == 1 }
  }
}
