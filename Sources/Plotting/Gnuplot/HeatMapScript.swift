import PlainText

extension HeatMap {
  /// Of a cell, in pixels: room for a number while the cells are few.
  private var side: Int {
    let most = max(rows, columns)
    return most <= 6 ? 84 : most <= 12 ? 60 : most <= 24 ? 36 : numbersFrom == nil ? 20 : 23
  }

  /// Of a cell, in pixels.
  fileprivate var cellWidth: Int { isWide ? max(side, 56) : side }

  /// Whether every cell has its number.
  var hasNumbers: Bool { (isWide ? columns : max(rows, columns)) <= 16 }

  /// Of a cell of a picture that is smaller or larger than the map needs on a screen, in pixels.
  fileprivate func cell(on canvas: Canvas) -> (width: Double, height: Double) {
    if canvas.look != .screen {
      let longest = rowLabels.map { displayWidth($0.withoutControls) }.max() ?? 0
      let labels = Canvas.pixels(for: min(longest, labelColumns(on: canvas)), font: canvas.body)
      // Beside the cells stand the rows' title and the scale with its numbers.
      let room = max(1, Double(canvas.width - labels) - 10 * canvas.body)
      let width = room / Double(max(1, columns))
      return (width, width * Double(side) / Double(cellWidth))
    }
    let natural = naturalSize
    let scale = min(
      1.5, Double(canvas.width) / Double(natural.width),
      Double(canvas.height) / Double(natural.height))
    return (Double(cellWidth) * scale, Double(side) * scale)
  }

  /// What a label may take: of a narrow picture not more than a quarter.
  fileprivate func labelColumns(on canvas: Canvas) -> Int {
    canvas.look == .screen
      ? 36 : max(4, min(36, Canvas.columns(in: canvas.width / 4, font: canvas.body)))
  }

  /// Height of the cells together in relation to their width.
  fileprivate var ratio: Double { Double(rows * side) / Double(columns * cellWidth) }

  /// As large as all labels and numbers need.
  public var size: PictureSize { naturalSize }

  var naturalSize: PictureSize {
    PictureSize(
      width: max(420, columns * cellWidth + labelWidth(rowLabels) + 160, titleWidth),
      height: max(
        320,
        rows * side + (isTurned ? labelWidth(columnLabels) : 20) + 110
          + (columnGroups.isEmpty ? 0 : 16)))
  }

  /// The title stands over the middle of the cells, which the rows' labels push to the right.
  private var titleWidth: Int {
    Canvas.pixels(
      for: title.map { displayWidth($0.withoutControls) } ?? 0, font: Look.screen.heading)
      + labelWidth(rowLabels)
  }

  private func labelWidth(_ labels: [String]) -> Int {
    Canvas.pixels(for: min(36, labels.map { displayWidth($0) }.max() ?? 0))
  }

  fileprivate var isTurned: Bool {
    Canvas.pixels(
      for: columnLabels.map { displayWidth($0) }.max() ?? 0,
      font: side > 24 ? Look.screen.body : Look.screen.small)
      > cellWidth - 6
  }
}

extension Script {
  /// One block for the cells: column, row, value; another for the numbers in them.
  mutating func draw(_ map: HeatMap, on canvas: Canvas) {
    let isSmall = max(map.rows, map.columns) > 24
    // gnuplot reserves more for labels than they take.
    let spare =
      canvas.look == .screen
      ? Double(min(36, map.rowLabels.map { displayWidth($0) }.max() ?? 0))
        * (isSmall ? 0.24 : 0.14) : 0
    if map.isTurned {
      turnedMargins(of: map, font: isSmall ? canvas.small : canvas.body, on: canvas)
    } else {
      label(axis: "x", map.columnTitle, on: canvas)
    }
    label(axis: "y", map.rowTitle, on: canvas, offset: "\(fixed(spare, 1)),0")
    add("unset grid")
    add("set border 0")
    add("set size ratio \(map.ratio)")
    add("set xrange [-0.5:\(Double(map.columns) - 0.5)]")
    add("set yrange [\(Double(map.rows) - 0.5):-0.5]")
    let cell = map.cell(on: canvas)
    let usual = isSmall ? canvas.small : canvas.body
    // On paper many rows are narrower than letters.
    let fitting = canvas.look == .screen ? usual : min(usual, max(3, 0.9 * cell.height))
    func fontName(_ size: Double) -> String {
      isSmall || size < usual ? canvas.font(size) : ""
    }
    let font = fontName(fitting)
    // Numbers below narrow columns must not run together.
    let widest = map.columnLabels.map { displayWidth($0) }.max() ?? 1
    let below =
      canvas.look == .screen || map.isTurned
      ? fitting : min(usual, max(4, 0.85 * cell.width / (0.6 * Double(max(1, widest)))))
    add(
      "set xtics scale 0 \(map.isTurned ? "rotate by 90 right " : "")\(fontName(below)) "
        + ticks(map.columnLabels, within: map.labelColumns(on: canvas)))
    add("set ytics scale 0 \(font) \(ticks(map.rowLabels, within: map.labelColumns(on: canvas)))")
    // The lowest value itself is white.
    let stops =
      map.isDiverging
      ? Palette.diverging.enumerated().map { "\($0) '\($1.hex)'" }
      : ["0 '\(Colour.white.hex)'"]
        + Palette.ramp.enumerated().map { "\($0 == 0 ? "0.001" : "\($0)") '\($1.hex)'" }
    add("set palette defined (\(stops.joined(separator: ", ")))")
    let scale = map.scale
    add("set cbrange [\(Script.range(scale))]")
    label(axis: "cb", map.scaleLabel, on: canvas, offset: "1.5,0")
    add("set colorbox noborder")
    thousands(axis: "cb", in: scale)
    add(Script.grouping)
    addNames(of: map, on: canvas)
    let filled = (0..<map.rows).flatMap { row in
      (0..<map.columns).compactMap { column in
        map.value(row: row, column: column).map { (row, column, $0) }
      }
    }
    guard !filled.isEmpty else { return plot([]) }
    block("cells", filled.map { [Double($1), Double($0), $2] })
    var clauses = [
      "$cells using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror "
        + "fillstyle solid border linecolor \(Script.colour(map.hidesZeros ? .cellBorder : .white)) "
        + "linewidth \(isSmall ? 0.5 : 1) "
        + "linecolor palette notitle"
    ]
    clauses += breaks(of: map)
    let numbered = filled.filter {
      map.hasNumbers ? !map.isHidden($2) : map.isNumbered($2)
    }
    let decimals = map.hasNumbers ? map.shownDecimals : 0
    let longest = numbered.map { Self.width($2, decimals) }.max() ?? 1
    var numberFont = isSmall ? canvas.tiny : canvas.body
    if canvas.look != .screen {
      numberFont = min(numberFont, 0.95 * cell.width / (0.6 * Double(longest)), 0.9 * cell.height)
    }
    let numberFontName =
      isSmall || numberFont < canvas.body ? canvas.font(numberFont) + " " : ""
    for (name, colour, isDark) in [("pale", Colour.cellText, false), ("dark", .white, true)] {
      let numbers = numbered.filter { map.colour(at: scale.share(of: $2)).isDark == isDark }
      guard !numbers.isEmpty else { continue }
      // Rounded as in a terminal: gnuplot would write 62.25 as 62.2.
      block(
        name, numbers.map { [Double($1), Double($0), Double(fixed($2, decimals)) ?? $2] })
      clauses.append(
        "$\(name) using 1:2:(\(Script.number(3, decimals: "\(decimals)f"))) with labels center noenhanced "
          + numberFontName
          + "textcolor \(Script.colour(colour)) notitle")
    }
    plot(clauses)
  }

  private static func width(_ number: Double, _ decimals: Int) -> Int {
    fixed(number, decimals).count
  }

  /// gnuplot reserves more for turned labels than they take, at the cells' expense.
  private mutating func turnedMargins(of map: HeatMap, font: Double, on canvas: Canvas) {
    let longest = min(
      map.labelColumns(on: canvas), map.columnLabels.map { displayWidth($0) }.max() ?? 0)
    // Margins are counted in lines, on a screen of some 15 pixels.
    let line = 15 * canvas.body / Look.screen.body
    let lines = Double(Canvas.pixels(for: longest, font: font)) / line
    add("set bmargin \(fixed(lines + 2.6, 1))")
    add("set tmargin \(map.title == nil ? 1.5 : 4)")
    guard !map.columnTitle.isEmpty else { return }
    add(
      "set label 1000 \(text(map.columnTitle)) at graph 0.5, graph 0 center "
        + "offset 0,-\(fixed(lines + 1.6, 1)) noenhanced \(Script.textColour)")
  }

  /// Above the columns, all in full or all in short, so far as they have room.
  private mutating func addNames(of map: HeatMap, on canvas: Canvas) {
    guard !map.columnGroups.isEmpty else { return }
    add("set title offset 0,0.9")
    let ends = map.columnGroups.dropFirst().map(\.start) + [map.columns]
    let cell =
      canvas.look == .screen ? Double(map.cellWidth) : map.cell(on: canvas).width
    func fit(_ name: KeyPath<HeatMap.Group, String>) -> Bool {
      zip(map.columnGroups, ends).allSatisfy { group, end in
        Canvas.pixels(for: displayWidth(group[keyPath: name]), font: canvas.small)
          <= Int(Double(end - group.start) * cell)
      }
    }
    guard let name = [\HeatMap.Group.name, \.shortName].first(where: fit) else { return }
    for (index, (group, end)) in zip(map.columnGroups, ends).enumerated() {
      let middle = Double(group.start + end - 1) / 2
      add(
        "set label \(index + 1) \(text(group[keyPath: name].withoutControls)) at first "
          + "\(middle), graph 1 center offset 0,0.7 noenhanced \(canvas.font(canvas.small)) "
          + Script.textColour)
    }
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
      "$breaks using 1:2 with lines linewidth 2 linecolor \(Script.colour(.cellLine)) notitle"
    ]
  }
}
