import PlainText

extension LineChart {
  var naturalSize: PictureSize { PictureSize(width: 960, height: 600) }

  /// Where every curve has its points, if they are few and far enough apart to be labelled.
  var ticks: [Double]? {
    if let xTicks { return xTicks }
    let all = Set(series.flatMap { $0.finitePoints.map(\.x) }).sorted()
      .filter { chosenXRange?.contains($0) ?? true }
    guard let first = all.first, let last = all.last, all.count <= 12 else { return nil }
    if isLogarithmic { return all }
    // Fractions as labels would run into each other.
    guard all.allSatisfy({ $0 == $0.rounded() }) else { return nil }
    let gaps = zip(all.dropFirst(), all).map { $0 - $1 }
    return gaps.allSatisfy { $0 >= (last - first) / 20 } ? all : nil
  }

  /// The finite points' x, widened so that no marker sits on the frame.
  var xRange: ClosedRange<Double> {
    if let chosenXRange { return chosenXRange }
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
    if let ticks = chart.ticks, chart.hasRoom(for: ticks, on: canvas) {
      add("set xtics (\(ticks.map(Script.number).joined(separator: ", ")))")
    }
    if chart.ticks == nil, !chart.isLogarithmic { thousands(axis: "x", in: chart.xRange) }
    if let range = chart.yRange, range.lowerBound < range.upperBound {
      add("set yrange [\(Script.range(range))]")
      thousands(axis: "y", in: range)
    }
    addLegend(of: chart, on: canvas)
    if let note = chart.remark {
      // Above the frame, where no curve is; a title stands a line higher.
      add(chart.title == nil ? "set tmargin 1.8" : "set title offset character 0,0.7")
      add(
        "set label 1000 \(text(note)) at graph 1, graph 1 right offset character 0,0.6 noenhanced "
          + "\(canvas.font(canvas.small)) textcolor \(Script.colour(.axis))")
    }
    mark(
      chart.borders(columns: Canvas.columns(in: canvas.width * 2 / 3, font: canvas.body)),
      on: canvas)
    var clauses = [String]()
    // All pale points first, so that no curve lies under another one's.
    for (index, series) in chart.drawn where chart.smoothing > 0 {
      if series.finitePoints.contains(where: { $0.error != nil }) {
        // The mean of several runs: its points lie within the band of their deviation.
        let pale = Script.colour(Palette.pale(chart.colour(of: index)))
        block("raw\(index)", chart.curve(of: series).rows())
        clauses.append(
          "$raw\(index) using 1:($2-$3):($2+$3) with filledcurves fillstyle solid noborder "
            + "linecolor \(pale) notitle")
        continue
      }
      block("raw\(index)", series.rows())
      let pale = Script.colour(Palette.raw(chart.colour(of: index)))
      clauses.append("$raw\(index) using 1:2 with lines linewidth 0.7 linecolor \(pale) notitle")
    }
    var curves = [String]()
    for (place, (index, series)) in chart.inOrder.enumerated() {
      let shift = chart.shift(of: place)
      block("curve\(index)", chart.curve(of: series).rows(shiftedBy: shift))
      let (behind, front) = curve(series, index, of: chart, on: canvas)
      clauses += behind
      curves += front
    }
    plot(clauses + curves)
  }

  private mutating func addLegend(of chart: LineChart, on canvas: Canvas) {
    let looks = "Left reverse samplen 2 spacing 1.2 noenhanced \(Script.textColour)"
    switch chart.placedLegend(on: canvas) {
    case .aligned(let columns):
      // Before a name stands a sample of its line.
      add("set lmargin 11")
      add("set rmargin \(columns + 7)")
      add("set key at graph 1.01, graph 1 left top \(looks)")
    case .right: add("set key outside right top \(looks)")
    case .below:
      if chart.legendColumns != nil { add("set lmargin 9") }
      let width = LineChart.legendEntryColumns(chart.drawn.map(\.element.name))
      let perRow = max(1, Canvas.columns(in: canvas.width, font: canvas.body) / width)
      let rows = (chart.drawn.count + perRow - 1) / perRow
      add("set key outside center bottom horizontal maxrows \(rows) \(looks)")
    case .off: break
    case .direct(let labels):
      let columns = labels.map { displayWidth($0.name.withoutControls) }.max() ?? 0
      add("set rmargin \(fixed(0.9 * Double(min(columns, LineChart.legendLimit)) + 2, 1))")
      for label in labels {
        add(
          "set label \(1001 + label.index) \(text(label.name, within: LineChart.legendLimit)) "
            + "at graph 1, first \(Script.number(label.y)) left offset character 0.8,0 noenhanced "
            + "textcolor \(Script.colour(chart.colour(of: label.index)))")
      }
    }
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
        "set label \(index + 1) \(text(label)) at first \(x), graph 0.97 left "
          + "offset character 0.4,0 noenhanced \(canvas.font(canvas.small)) "
          + "textcolor \(Script.colour(.axis))")
    }
  }

  /// What is drawn of a series, in two layers.
  private func curve(
    _ series: LineChart.Series, _ index: Int, of chart: LineChart, on canvas: Canvas
  ) -> (behind: [String], front: [String]) {
    let own = chart.colour(of: index)
    let colour = Script.colour(chart.smoothing > 0 ? Palette.smoothed(own) : own)
    let style = chart.style(of: index)
    let dash = (series.partner == nil ? 1 : 2) + style / Palette.series.count % 4
    // What a series and its partner are marked by differs.
    let marker = Palette.markers[(series.partner == nil ? style : index) % Palette.markers.count]
    let title =
      chart.placedLegend(on: canvas).isKey
      ? "title \(text(series.name, within: LineChart.legendLimit))" : "notitle"
    var behind = [String]()
    var front = [String]()
    if series.finitePoints.contains(where: { $0.error != nil }), chart.smoothing == 0 {
      switch chart.errors {
      case .none: break
      case .bars:
        front.append(
          "$curve\(index) using 1:2:3 with yerrorbars pointtype 0 linewidth 1.5 "
            + "linecolor \(colour) notitle")
      case .band:
        behind.append(
          "$curve\(index) using 1:($2-$3):($2+$3) with filledcurves "
            + "fillstyle transparent solid 0.18 noborder linecolor \(colour) notitle")
      }
    }
    // A point between two gaps has no line that would show it.
    let isLine = series.points.count > 60 || chart.smoothing > 0
    let hasMarkers = !isLine || series.hasLonePoint
    front.append(
      "$curve\(index) using 1:2 with \(hasMarkers ? "linespoints" : "lines") "
        + "linewidth \(chart.smoothing > 0 ? 3 : 2) dashtype \(dash) linecolor \(colour) "
        + (hasMarkers ? "pointtype \(marker) pointsize \(canvas.points(1.1)) " : "") + title)
    return (behind, front)
  }
}

extension LineChart.Series {
  /// Empty rows are where gnuplot ends a line and begins another.
  fileprivate func rows(shiftedBy shift: Double = 0) -> [[Double]] {
    thinned(to: 2000).points.map { $0.isFinite ? [$0.x + shift, $0.y, $0.error ?? 0] : [] }
  }

  fileprivate var hasLonePoint: Bool {
    points.split { !$0.isFinite }.contains { $0.count == 1 }
  }
}
