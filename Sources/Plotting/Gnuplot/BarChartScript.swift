import PlainText

extension BarChart {
  /// Of one bar, in pixels.
  private var thickness: Int { series.count > 1 ? 12 : 16 }

  var naturalSize: PictureSize {
    let length = labels.count * (series.count * thickness + 6)
    return switch orientation {
    case .horizontal: PictureSize(width: 960, height: max(300, length + 110))
    case .vertical: PictureSize(width: max(640, length + 130), height: 560)
    }
  }

  /// Of the space between two labels, what each series gets.
  fileprivate var share: Double { 0.8 / Double(series.count) }

  /// The middle of a bar, with the labels at 0, 1, 2 …
  fileprivate func place(_ position: Int, series index: Int) -> Double {
    Double(position) + (Double(index) - Double(series.count - 1) / 2) * share
  }

  fileprivate var reach: ClosedRange<Double> {
    let low = min(0, smallest * 1.1)
    let high = max(0, largest * 1.1)
    return high > low ? low...high : 0...1
  }
}

extension Script {
  /// A block for each series: from, to, place, half the thickness, value.
  mutating func draw(_ chart: BarChart, on canvas: Canvas) {
    let isHorizontal = chart.orientation == .horizontal
    let (labelAxis, valueAxis) = isHorizontal ? ("y", "x") : ("x", "y")
    let ends = (-0.6, Double(chart.labels.count) - 0.4)
    let room = isHorizontal ? Canvas.columns(in: canvas.width * 2 / 5) : 36
    let ticks = chart.labels.enumerated().map {
      "\(gnuplotTick($1.withoutControls.fitted(to: room))) \($0)"
    }
    add(
      "set \(labelAxis)range "
        + (isHorizontal ? "[\(ends.1):\(ends.0)]" : "[\(ends.0):\(ends.1)]"))
    add("set \(valueAxis)range [\(Script.range(chart.reach))]")
    let isTurned =
      !isHorizontal && (chart.labels.count > 12 || chart.labels.contains { displayWidth($0) > 9 })
    add(
      "set \(labelAxis)tics scale 0 \(isTurned ? "rotate by 90 right " : "")"
        + "(\(ticks.joined(separator: ", ")))")
    add("set grid no\(labelAxis)tics \(valueAxis)tics")
    label(axis: valueAxis, chart.valueLabel, on: canvas)
    if chart.series.count > 1 {
      add(
        "set key outside right top vertical Left reverse samplen 2 noenhanced "
          + "textcolor \(Script.colour(.text))")
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
      let columns = isHorizontal ? "1:(($3+$4)/2):1:2:3:4" : "(($3+$4)/2):1:3:4:1:2"
      clauses.append(
        "$bars\(index) using \(columns) with boxxyerror "
          + "linecolor \(Script.colour(Palette.series[index % Palette.series.count])) "
          + "title \(gnuplotText(series.name.withoutControls.fitted(to: 28)))")
      if isHorizontal || !isTurned {
        let place = isHorizontal ? "2:(($3+$4)/2)" : "(($3+$4)/2):2"
        clauses.append(
          "$bars\(index) using \(place):(sprintf('%.6g', $5)) with labels "
            + "\(isHorizontal ? "left offset 0.4,0" : "center offset 0,0.6") noenhanced "
            + "\(canvas.font(Canvas.small)) textcolor \(Script.colour(.text)) notitle")
      }
    }
    add("plot " + (clauses.isEmpty ? "NaN notitle" : clauses.joined(separator: ", \\\n  ")))
  }
}
