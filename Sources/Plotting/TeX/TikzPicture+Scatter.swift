import PlainText

/// Points of groups.
extension TikzPicture {
  mutating func draw(_ scatter: Scatter, _ margin: inout Margin) {
    axes(x: scatter.horizontal, y: scatter.vertical, scatter.xLabel, scatter.yLabel)
    let isListed = scatter.legend == .beside
    if isListed {
      margin.right = longest(scatter.entries.map(\.name)) + 3 * look.body
      legend(isBelow: false, columns: 1)
    }
    let entries = Set(scatter.entries)
    for (index, group) in scatter.inOrder.enumerated() where !group.finitePoints.isEmpty {
      let colour = define(group.colour, "group\(index + 1)", of: group.name)
      let mark = Self.marks[group.style / Palette.series.count % Self.marks.count]
      let isEntry = isListed && entries.contains(group)
      body.append(
        "\\addplot[\(colour), only marks, mark=\(mark), mark size=\(points(1.6 * look.points))"
          + (isEntry ? "]" : ", forget plot]"))
      body += table("x=x, y=y", columns: "x y", group.finitePoints.map { [$0.x, $0.y] })
      if isEntry { body.append("\\addlegendentry{\(group.name.asTeX)}") }
    }
    for mark in scatter.marks where mark.place.isFinite {
      body.append(
        "\\node[fill=white, fill opacity=0.8, text opacity=1, inner sep=1pt] at "
          + "(axis cs:\(number(mark.place.x)),\(number(mark.place.y))) "
          + "{\(mark.text.withoutControls.fitted(to: 12).asTeX)};")
    }
  }
}
