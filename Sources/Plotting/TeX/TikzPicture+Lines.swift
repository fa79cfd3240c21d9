import PlainText

/// Curves over a number.
extension TikzPicture {
  mutating func draw(_ chart: LineChart, _ margin: inout Margin) {
    axes(x: chart.xRange, y: chart.yRange, chart.xLabel, chart.yLabel)
    options.append(
      "grid=major, grid style={black!12}, unbounded coords=jump, legend cell align=left")
    if chart.isLogarithmic { options.append("xmode=log, log ticks with fixed point") }
    if let ticks = chart.ticks {
      options.append("xtick={\(ticks.map(number).joined(separator: ","))}")
    }
    let placed = chart.placedLegend(width: Int(width), height: Int(height), look)
    let names = chart.drawn.map(\.element.name)
    switch placed {
    case .direct: margin.right = longest(names) + 1.2 * look.body
    case .right, .aligned:
      margin.right = longest(names) + 3.5 * look.body
      legend(isBelow: false, columns: 1)
    case .below:
      let columns = max(1, Int(width / (longest(names) + 4 * look.body)))
      margin.bottom += Double((names.count + columns - 1) / columns) * 1.35 * look.body
      let share = 3 * look.body / max(20, height - margin.top - margin.bottom)
      options.append(
        "legend style={at={(0.5,-\(fixed(share, 3)))}, anchor=north, draw=none, fill=none, "
          + "font=\(font(look.body)), inner sep=0pt, "
          + "/tikz/every even column/.append style={column sep=0.8em}}, "
          + "legend columns=\(columns)")
    case .off: break
    }
    for border in chart.borders where chart.xRange.contains(border.x) {
      body.append(
        "\\draw[gray, densely dashed] ({axis cs:\(number(border.x)),0}|-{rel axis cs:0,0}) -- "
          + "({axis cs:\(number(border.x)),0}|-{rel axis cs:0,1});")
    }
    if let note = chart.remark {
      body.append(
        "\\node[anchor=south east, inner xsep=0pt, inner ysep=2pt, font=\(font(look.small))] "
          + "at (rel axis cs:1,1) {\(note.asTeX)};")
    }
    options.append("clip mode=individual")
    for (place, (index, series)) in chart.inOrder.enumerated() {
      let colour = define(chart.colour(of: index), "curve\(index + 1)", of: series.name)
      add(series, at: place, index, colour, of: chart, isInLegend: placed.isKey)
    }
    guard case .direct(let labels) = placed else { return }
    for label in labels {
      body.append(
        "\\node[anchor=west, text=curve\(label.index + 1), inner xsep=0.4em] at "
          + "({rel axis cs:1,0}|-{axis cs:\(number(chart.xRange.lowerBound)),\(number(label.y))}) "
          + "{\(label.name.fitted(to: LineChart.legendLimit).asTeX)};")
    }
  }

  private mutating func add(
    _ series: LineChart.Series, at place: Int, _ index: Int, _ colour: String,
    of chart: LineChart, isInLegend: Bool
  ) {
    let shift = chart.shift(of: place)
    func rows(_ series: LineChart.Series) -> [[Double]] {
      series.thinned(to: 500).points.map { [$0.x + shift, $0.y, $0.error ?? 0] }
    }
    let hasErrors = chart.smoothing == 0 && series.finitePoints.contains { $0.error != nil }
    if chart.smoothing > 0 {
      body.append("\\addplot[\(colour)!30, line width=\(stroke(1)), no marks, forget plot]")
      body += table("x=x, y=y", columns: "x y e", rows(series))
    }
    if hasErrors, chart.errors == .band {
      let points = series.finitePoints
      let outline =
        points.map { ($0.x, $0.y + ($0.error ?? 0)) }
        + points.reversed().map { ($0.x, $0.y - ($0.error ?? 0)) }
      let coordinates = outline.map { "(\(number($0.0)),\(number($0.1)))" }.joined(separator: " ")
      body.append("\\addplot[draw=none, fill=\(colour), fill opacity=0.18, forget plot]")
      body.append("  coordinates {\(coordinates)} -- cycle;")
    }
    let style = chart.style(of: index)
    let dash = Self.dashes[
      (series.partner == nil ? 0 : 1) + style / Palette.series.count % 4]
    let mark = Self.marks[(series.partner == nil ? style : index) % Self.marks.count]
    let isLine = series.points.count > 60 || chart.smoothing > 0
    let bars =
      hasErrors && chart.errors == .bars
      ? ", error bars/.cd, y dir=both, y explicit" : ""
    let marks =
      isLine ? "no marks" : "mark=\(mark), mark size=\(points(2 * look.points + 0.6))"
    body.append(
      "\\addplot[\(colour), \(dash), line width=\(stroke(2)), \(marks)"
        + (isInLegend ? "" : ", forget plot") + bars + "]")
    let head = hasErrors && chart.errors == .bars ? "x=x, y=y, y error=e" : "x=x, y=y"
    body += table(head, columns: "x y e", rows(chart.curve(of: series)))
    if isInLegend {
      body.append(
        "\\addlegendentry{\(series.name.fitted(to: LineChart.legendLimit).asTeX)}")
    }
  }

  private func stroke(_ width: Double) -> String { points(width * look.lines) }
}
