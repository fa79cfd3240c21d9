import PlainText

extension BarChart {
  var naturalSize: PictureSize {
    let thickness = abreast > 1 ? 12 : 16
    let length = labels.count * (abreast * thickness + 6)
    return PictureSize(width: 960, height: max(300, length + 110))
  }

  /// Of the space between two labels, what each series gets.
  fileprivate var share: Double { 0.8 / Double(abreast) }

  /// The middle of a bar, with the labels at 0, 1, 2 …
  fileprivate func place(_ position: Int, series index: Int) -> Double {
    isExclusive
      ? Double(position) : Double(position) + (Double(index) - Double(series.count - 1) / 2) * share
  }

  fileprivate var reach: ClosedRange<Double> {
    let low = min(0, (values.min() ?? 0) * 1.1)
    let high = max(0, (values.max() ?? 0) * 1.1)
    return high > low ? low...high : 0...1
  }
}

extension Script {
  /// A block for each series: from, to, place, half the thickness, value.
  mutating func draw(_ chart: BarChart, on canvas: Canvas) {
    add("set yrange [\(Double(chart.labels.count) - 0.4):-0.6]")
    add("set xrange [\(Script.range(chart.reach))]")
    let room = Canvas.columns(in: canvas.width * 2 / 5)
    add("set ytics scale 0 \(Script.ticks(chart.labels, within: room))")
    add("set grid noytics xtics")
    label(axis: "x", chart.valueLabel, on: canvas)
    if chart.hasLegend {
      add(
        "set key outside right top vertical Left reverse samplen 2 noenhanced "
          + "\(Script.textColour)")
    }
    add("set style fill solid noborder")
    var clauses = [String]()
    for (index, series) in chart.series.enumerated() {
      let bars = chart.bars(of: series)
      guard !bars.isEmpty else { continue }
      block(
        "bars\(index)",
        bars.map { bar in
          let middle = chart.place(bar.position, series: index)
          return [
            min(0, bar.value), max(0, bar.value), middle - chart.share / 2,
            middle + chart.share / 2, bar.value,
          ]
        })
      clauses += [
        "$bars\(index) using 1:(($3+$4)/2):1:2:3:4 with boxxyerror "
          + "linecolor \(Script.colour(Palette.colour(index))) "
          + "title \(Script.text(series.name, within: 28))",
        "$bars\(index) using 2:(($3+$4)/2):(sprintf('%.\(chart.decimals.map { "\($0)f" } ?? "6g")', $5)) with labels "
          + "left offset 0.4,0 noenhanced "
          + "\(canvas.font(Canvas.small)) \(Script.textColour) notitle",
      ]
    }
    plot(clauses)
  }
}
