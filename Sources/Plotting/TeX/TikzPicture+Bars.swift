import PlainText

/// Bars in groups.
extension TikzPicture {
  mutating func draw(_ chart: BarChart, _ margin: inout Margin) {
    axes(x: chart.reach, y: nil, chart.valueLabel, "")
    let room = Int(width * 0.4 / (0.58 * look.body))
    margin.left = longest(chart.labels, limit: room) + 1.5 * look.body
    margin.right = 3 * look.body
    let labels = chart.labels.map { "{\($0.withoutControls.fitted(to: room).asTeX)}" }
    options.append("y dir=reverse, ymin=-0.6, ymax=\(number(Double(chart.labels.count) - 0.4))")
    options.append("ytick={0,...,\(max(0, chart.labels.count - 1))}, ytick style={draw=none}")
    options.append("yticklabels={\(labels.joined(separator: ","))}, xmajorgrids")
    options.append("grid style={black!12}, clip=false")
    if chart.hasLegend {
      if chart.legendIsBelow {
        margin.bottom += 1.5 * look.body
        legend(isBelow: true, columns: chart.series.count)
      } else {
        margin.right += longest(chart.series.map(\.name)) + 2 * look.body
        options.append(
          "legend style={at={(1,1)}, xshift=2em, anchor=north west, draw=none, "
            + "cells={anchor=west}, font=\(font(look.body))}")
      }
    }
    let decimals = chart.decimals ?? Plotting.decimals(for: chart.values)
    for (index, series) in chart.series.enumerated() {
      let colour = define(chart.colour(of: index), "bar\(index + 1)", of: series.name)
      for bar in chart.bars(of: series) {
        let middle = chart.place(bar.position, series: index)
        let (low, high) = (middle - chart.share / 2, middle + chart.share / 2)
        body.append(
          "\\fill[\(colour)] (axis cs:0,\(number(low))) rectangle "
            + "(axis cs:\(number(bar.value)),\(number(high)));")
        body.append(
          "\\node[anchor=west, font=\(font(look.small)), inner xsep=2pt] at "
            + "(axis cs:\(number(max(0, bar.value))),\(number(middle))) "
            + "{$\(fixed(bar.value, decimals))$};")
      }
      guard chart.hasLegend else { continue }
      body.append("\\addlegendimage{area legend, fill=\(colour), draw=none}")
      body.append("\\addlegendentry{\(series.name.asTeX)}")
    }
    body.append("\\addplot[draw=none, forget plot] coordinates {(0,0)};")
  }
}
