import PlainText

extension BarChart {
  var naturalSize: PictureSize {
    let thickness = abreast > 1 ? 12 : 16
    let length = labels.count * (abreast * thickness + 6)
    return PictureSize(width: 960, height: max(300, length + 110))
  }

  /// Of the space between two labels, what each series gets.
  var share: Double { 0.8 / Double(abreast) }

  /// The middle of a bar, with the labels at 0, 1, 2 …
  func place(_ position: Int, series index: Int) -> Double {
    isExclusive
      ? Double(position) : Double(position) + (Double(index) - Double(series.count - 1) / 2) * share
  }

  var reach: ClosedRange<Double> {
    if let valueRange { return valueRange }
    let high = max(0, (values.max() ?? 0) * 1.1)
    // A number stands beyond the end of a negative bar too, and not on its label.
    let least = min(0, values.min() ?? 0)
    let low = least < 0 ? least - 0.16 * (high - least) : 0
    return high > low ? low...high : 0...1
  }
}

extension Script {
  /// A block for each series: from, to, place, half the thickness, value.
  mutating func draw(_ chart: BarChart, on canvas: Canvas) {
    add("set yrange [\(Double(chart.labels.count) - 0.4):-0.6]")
    add("set xrange [\(Script.range(chart.reach))]")
    fewTicks(in: chart.reach, on: canvas)
    let room = Canvas.columns(in: canvas.width * 2 / 5, font: canvas.body)
    add("set ytics scale 0 \(ticks(chart.labels, within: room))")
    add("set grid noytics xtics")
    // On paper eight numbers of four digits would run together.
    thousands(axis: "x", in: chart.reach, atMost: canvas.look == .screen ? 8 : 4)
    label(axis: "x", chart.valueLabel, on: canvas)
    if chart.hasLegend {
      add(
        "set key outside \(chart.legendIsBelow ? "center bottom horizontal" : "right top vertical") "
          + "Left reverse samplen 2 noenhanced \(Script.textColour)")
    }
    add("set style fill solid noborder")
    add(Script.grouping)
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
          + "linecolor \(Script.colour(chart.colour(of: index))) "
          + "title \(text(series.name, within: 28))"
      ]
      // A number stands beyond the end of its bar, on the side to which the bar goes.
      for (end, place, isHere) in [
        ("2", "left offset 0.4,0", "$5 >= 0"), ("1", "right offset -0.4,0", "$5 < 0"),
      ]
      where bars.contains(where: { ($0.value < 0) == (end == "1") }) {
        clauses.append(
          "$bars\(index) using \(end):(\(isHere) ? ($3+$4)/2 : NaN):"
            + "(\(Script.number(5, decimals: chart.decimals.map { "\($0)f" } ?? "6g"))) with labels "
            + "\(place) noenhanced \(canvas.font(canvas.small)) \(Script.textColour) notitle")
      }
    }
    plot(clauses)
  }
}
