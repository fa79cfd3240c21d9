import PlainText

/// Coloured cells with their numbers.
extension TikzPicture {
  mutating func draw(_ map: HeatMap, _ margin: inout Margin) {
    margin.left = longest(map.rowLabels, limit: 36) + 3 * look.body
    margin.right = 5 * look.body
    let room = (width - margin.left - margin.right) / Double(max(1, map.columns))
    let isTurned = longest(map.columnLabels, limit: 36) > room - 4
    if isTurned { margin.bottom += longest(map.columnLabels, limit: 36) }
    let pitch = (height - margin.top - margin.bottom) / Double(max(1, map.rows))
    let letters = min(look.body, max(3, 0.9 * pitch))
    axes(
      x: -0.5...Double(map.columns) - 0.5, y: nil, map.columnTitle, map.rowTitle)
    func ticks(_ labels: [String]) -> String {
      labels.map { "{\($0.withoutControls.fitted(to: 36).asTeX)}" }.joined(separator: ",")
    }
    options.append("y dir=reverse, ymin=-0.5, ymax=\(number(Double(map.rows) - 0.5))")
    options.append(
      "xtick={0,...,\(max(0, map.columns - 1))}, xticklabels={\(ticks(map.columnLabels))}")
    options.append("ytick={0,...,\(max(0, map.rows - 1))}, yticklabels={\(ticks(map.rowLabels))}")
    options.append("tick label style={font=\(font(letters))}, tick style={draw=none}")
    options.append("axis line style={draw=none}")
    if isTurned { options.append("x tick label style={rotate=90, anchor=east}") }
    let scale = map.scale
    let stops = map.isDiverging ? Palette.diverging : Palette.ramp
    let palette = stops.map { "rgb255=(\($0.red),\($0.green),\($0.blue))" }
    options.append("colormap={waymark}{\(palette.joined(separator: " "))}, colorbar")
    options.append(
      "point meta min=\(number(scale.lowerBound)), point meta max=\(number(scale.upperBound)), "
        + "colorbar style={width=\(points(0.8 * look.body)), ylabel={\(map.scaleLabel.asTeX)}, "
        + "axis line style={draw=none}}")
    var rows: [[Double]] = []
    for row in 0..<map.rows {
      for column in 0..<map.columns {
        rows.append([Double(column), Double(row), map.value(row: row, column: column) ?? .nan])
      }
    }
    body.append("\\addplot[matrix plot*, mesh/cols=\(map.columns), point meta=explicit]")
    body += table("x=x, y=y, meta=v", columns: "x y v", rows)
    addNumbers(of: map, rows, room, pitch)
    for line in map.rowBreaks {
      body.append(
        "\\draw[gray] (axis cs:-0.5,\(number(Double(line) - 0.5))) -- "
          + "(axis cs:\(number(Double(map.columns) - 0.5)),\(number(Double(line) - 0.5)));")
    }
    for line in map.columnBreaks {
      body.append(
        "\\draw[gray] (axis cs:\(number(Double(line) - 0.5)),-0.5) -- "
          + "(axis cs:\(number(Double(line) - 0.5)),\(number(Double(map.rows) - 0.5)));")
    }
  }

  private mutating func addNumbers(
    of map: HeatMap, _ rows: [[Double]], _ room: Double, _ pitch: Double
  ) {
    let decimals = map.hasNumbers ? map.shownDecimals : 0
    let numbered = rows.filter { $0[2].isFinite && (map.hasNumbers || map.isNumbered($0[2])) }
    let longest = numbered.map { fixed($0[2], decimals).count }.max() ?? 1
    let letters = min(look.body, 0.95 * room / (0.55 * Double(longest)), 0.9 * pitch)
    for row in numbered {
      let isDark = map.colour(at: map.scale.share(of: row[2])).isDark
      body.append(
        "\\node[inner sep=0pt, font=\(font(letters)), text=\(isDark ? "white" : "black")] at "
          + "(axis cs:\(number(row[0])),\(number(row[1]))) {$\(fixed(row[2], decimals))$};")
    }
  }
}
