import PlainText

extension HeatMap {
  /// Of a cell, in pixels: room for a number while the cells are few.
  private var side: Int {
    let most = max(rows, columns)
    return most <= 12 ? 60 : most <= 24 ? 36 : numbersFrom == nil ? 20 : 23
  }

  /// Of a cell, in pixels.
  private var cellWidth: Int { isWide ? max(side, 56) : side }

  /// Whether every cell has its number.
  fileprivate var hasNumbers: Bool { (isWide ? columns : max(rows, columns)) <= 16 }

  /// Height of the cells together in relation to their width.
  fileprivate var ratio: Double { Double(rows * side) / Double(columns * cellWidth) }

  /// As large as all labels and numbers need.
  public var size: PictureSize { naturalSize }

  var naturalSize: PictureSize {
    PictureSize(
      width: max(420, columns * cellWidth + labelWidth(rowLabels) + 160, titleWidth),
      height: max(320, rows * side + (isTurned ? labelWidth(columnLabels) : 20) + 110))
  }

  /// The title stands over the middle of the cells, which the rows' labels push to the right.
  private var titleWidth: Int {
    Canvas.pixels(for: title.map { displayWidth($0.withoutControls) } ?? 0, font: Canvas.heading)
      + labelWidth(rowLabels)
  }

  private func labelWidth(_ labels: [String]) -> Int {
    Canvas.pixels(for: min(36, labels.map { displayWidth($0) }.max() ?? 0))
  }

  fileprivate var isTurned: Bool {
    Canvas.pixels(
      for: columnLabels.map { displayWidth($0) }.max() ?? 0,
      font: side > 24 ? Canvas.body : Canvas.small)
      > cellWidth - 6
  }
}

extension Script {
  /// One block for the cells: column, row, value; another for the numbers in them.
  mutating func draw(_ map: HeatMap, on canvas: Canvas) {
    let isSmall = max(map.rows, map.columns) > 24
    // gnuplot reserves more for labels than they take.
    let spare =
      Double(min(36, map.rowLabels.map { displayWidth($0) }.max() ?? 0)) * (isSmall ? 0.24 : 0.14)
    label(axis: "x", map.columnTitle, on: canvas)
    label(axis: "y", map.rowTitle, on: canvas, offset: "\(fixed(spare, 1)),0")
    add("unset grid")
    add("set border 0")
    add("set size ratio \(map.ratio)")
    add("set xrange [-0.5:\(Double(map.columns) - 0.5)]")
    add("set yrange [\(Double(map.rows) - 0.5):-0.5]")
    let font = isSmall ? canvas.font(Canvas.small) : ""
    add(
      "set xtics scale 0 \(map.isTurned ? "rotate by 90 right " : "")\(font) "
        + Script.ticks(map.columnLabels, within: 36))
    add("set ytics scale 0 \(font) \(Script.ticks(map.rowLabels, within: 36))")
    let colours = map.isDiverging ? Palette.diverging : Palette.ramp
    let stops = colours.enumerated().map { "\($0) '\($1.hex)'" }
    add("set palette defined (\(stops.joined(separator: ", ")))")
    let scale = map.scale
    add("set cbrange [\(Script.range(scale))]")
    label(axis: "cb", map.scaleLabel, on: canvas, offset: "1.5,0")
    add("set colorbox noborder")
    let filled = (0..<map.rows).flatMap { row in
      (0..<map.columns).compactMap { column in
        map.value(row: row, column: column).map { (row, column, $0) }
      }
    }
    guard !filled.isEmpty else { return plot([]) }
    block("cells", filled.map { [Double($1), Double($0), $2] })
    var clauses = [
      "$cells using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror "
        + "fillstyle solid border linecolor rgb '#FFFFFF' linewidth \(isSmall ? 0.5 : 1) "
        + "linecolor palette notitle"
    ]
    clauses += breaks(of: map)
    let numbered = map.hasNumbers ? filled : filled.filter { map.isNumbered($2) }
    let decimals = map.hasNumbers ? map.shownDecimals : 0
    for (name, colour, isDark) in [("pale", Colour.text, false), ("dark", .white, true)] {
      let numbers = numbered.filter { (map.colour(at: scale.share(of: $2)).luma < 0.55) == isDark }
      guard !numbers.isEmpty else { continue }
      // Rounded as in a terminal: gnuplot would write 62.25 as 62.2.
      block(
        name, numbers.map { [Double($1), Double($0), Double(fixed($2, decimals)) ?? $2] })
      clauses.append(
        "$\(name) using 1:2:(sprintf('%.\(decimals)f', $3)) with labels center noenhanced "
          + (isSmall ? canvas.font(Canvas.tiny) + " " : "")
          + "textcolor \(Script.colour(colour)) notitle")
    }
    plot(clauses)
  }

  /// Lines through the whole map, two blank rows between them in their block.
  private mutating func breaks(of map: HeatMap) -> [String] {
    let (right, bottom) = (Double(map.columns) - 0.5, Double(map.rows) - 0.5)
    let lines =
      map.rowBreaks.map { [[-0.5, Double($0) - 0.5], [right, Double($0) - 0.5], []] }
      + map.columnBreaks.map { [[Double($0) - 0.5, -0.5], [Double($0) - 0.5, bottom], []] }
    guard !lines.isEmpty else { return [] }
    block("breaks", lines.joined())
    return [
      "$breaks using 1:2 with lines linewidth 1.5 linecolor \(Script.colour(.axis)) notitle"
    ]
  }
}
