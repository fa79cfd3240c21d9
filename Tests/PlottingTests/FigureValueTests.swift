import Plotting
import Testing

/// What the scripts say of a figure's numbers, worked out by hand from the figure.
@Suite struct FigureValueTests {
  private func script(
    _ figure: Figure, _ medium: Canvas.Medium = .svg, size: PictureSize? = nil
  ) throws -> String {
    try Drawing(figure, medium: medium, size: size, output: "o", pixelPath: { _ in "p" }).script
  }

  private func chart(
    _ series: [LineChart.Series], range: ClosedRange<Double>? = nil, logarithmic: Bool = false
  ) -> Figure {
    var chart = LineChart(xLabel: "", yLabel: "", yRange: range, series: series)
    chart.isLogarithmic = logarithmic
    return .lines(chart)
  }

  // MARK: Bars

  /// Three bars share 0.8 of a place: a bar of 0.8/3 each, the middle one over the label.
  @Test func barsStandSideBySide() throws {
    let figure = Figure.bars(
      BarChart(
        labels: ["a", "b"],
        series: [
          .init(name: "x", values: [3, 4]), .init(name: "y", values: [-2, 5]),
          .init(name: "z", values: [.nan, 1]),
        ]))
    let script = try script(figure)
    let width = 0.8 / 3
    for (index, values) in [[3.0, 4], [-2, 5], [nil, 1]].enumerated() {
      let block = try #require(rows("$bars\(index)", script))
      let present = values.enumerated().compactMap { place, value in value.map { (place, $0) } }
      #expect(block.count == present.count)
      for (row, (place, value)) in zip(block, present) {
        let middle = Double(place) + (Double(index) - 1) * width
        let expected = [
          min(0, value), max(0, value), middle - width / 2, middle + width / 2, value,
        ]
        #expect(zip(row, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "\(row)")
      }
    }
    // A tenth more than the largest and the smallest; the first label on top.
    #expect(script.contains("set xrange [-3.2:5.5]"))
    #expect(script.contains("set yrange [1.6:-0.6]"))
    #expect(script.contains("set key outside right top"))
    for colour in ["#0072B2", "#D55E00", "#009E73"] {
      #expect(script.contains("with boxxyerror linecolor rgb '\(colour)'"))
    }
  }

  @Test func oneSeriesOfBarsNeedsNoKey() throws {
    let figure = Figure.bars(
      BarChart(labels: ["a"], series: [.init(name: "x", values: [0])]))
    let script = try script(figure)
    #expect(!script.contains("set key outside"))
    #expect(script.contains("set xrange [0.0:1.0]"))
    #expect(script.contains("set yrange [0.6:-0.6]"))
  }

  @Test func seriesWithoutAFiniteValueIsNotDrawn() throws {
    let figure = Figure.bars(
      BarChart(
        labels: ["a"],
        series: [.init(name: "x", values: [.infinity]), .init(name: "y", values: [1])]))
    let script = try script(figure)
    #expect(!script.contains("$bars0") && script.contains("$bars1"))
  }

  // MARK: Curves

  @Test func axisOfACurveReachesALittleBeyondIt() throws {
    #expect(
      try script(chart([.init(name: "a", x: [0, 100], y: [1, 2])]))
        .contains("set xrange [-3.0:103.0]"))
    #expect(
      try script(chart([.init(name: "a", x: [5], y: [1])])).contains("set xrange [4.0:6.0]"))
    let logarithmic = try script(
      chart([.init(name: "a", x: [1.1, 100], y: [1, 2])], logarithmic: true))
    #expect(logarithmic.contains("set logscale x"))
    let bounds = try #require(
      logarithmic.split(separator: "\n").first { $0.hasPrefix("set xrange [") })
    let numbers = bounds.dropFirst("set xrange [".count).dropLast().split(separator: ":")
      .compactMap { Double($0) }
    #expect(zip(numbers, [1, 110]).allSatisfy { abs($0 - $1) < 1e-9 } && numbers.count == 2)
  }

  private static let tickCases: [([Double], Bool)] = [
    ((0..<12).map(Double.init), true), ((0..<13).map(Double.init), false),
    ([0, 50, 55, 100], true), ([0, 50, 54, 100], false),
  ]

  /// A tick at every x, if there are few and none too near to the next.
  @Test(arguments: tickCases)
  func ticksStandAtFewPlaces(x: [Double], areAll: Bool) throws {
    let script = try script(chart([.init(name: "a", x: x, y: x)]))
    let ticks = "set xtics (" + x.map { "\($0)" }.joined(separator: ", ") + ")"
    #expect(script.contains(ticks) == areAll)
  }

  @Test func emptyRangeOfValuesIsNotSet() throws {
    let series = LineChart.Series(name: "a", x: [0, 1], y: [5, 5])
    #expect(try !script(chart([series], range: 5...5)).contains("set yrange"))
    #expect(try script(chart([series], range: 4...5)).contains("set yrange [4.0:5.0]"))
  }

  /// Colours come again after seven curves, darker and dashed; signs stop at 60 points.
  @Test func curvesAreToldApart() throws {
    let short = (0..<8).map { LineChart.Series(name: "s\($0)", x: [0, 1], y: [0, 1]) }
    let script = try script(chart(short))
    #expect(script.contains("$curve0 using 1:2 with linespoints linewidth 2 dashtype 1"))
    #expect(
      script.contains(
        "$curve7 using 1:2 with linespoints linewidth 2 dashtype 2 linecolor rgb '#00446B'"))
    for (count, style) in [(60, "linespoints"), (61, "lines")] {
      let x = (0..<count).map(Double.init)
      #expect(
        try self.script(chart([.init(name: "a", x: x, y: x)]))
          .contains("$curve0 using 1:2 with \(style) linewidth 2"))
    }
  }

  /// An empty row ends a curve; a point that stands alone has a sign, also in a smoothed curve.
  @Test func curvesEndAtGaps() throws {
    func loss(_ y: [Double]) throws -> String {
      try script(
        .lines(
          LineChart.loss(
            of: [.init(name: "a", x: y.indices.map { Double($0) }, y: y)], smoothing: 0.5)))
    }
    let whole = try loss([1, 1, .nan, 2, 2])
    #expect(
      whole.contains("$raw0 << EOD\n0.0 1.0 0.0\n1.0 1.0 0.0\n\n3.0 2.0 0.0\n4.0 2.0 0.0\nEOD"))
    #expect(whole.contains("$curve0 using 1:2 with lines "))
    #expect(try loss([1, 1, .nan, 2]).contains("$curve0 using 1:2 with linespoints "))
  }

  /// Of many points each stretch keeps its lowest and its highest, in their order.
  @Test func thinnedCurveIsInOrder() {
    // Down, then up: the highest of a stretch comes now before, now after the lowest.
    let y = (0..<100).map { abs(50 - Double($0)) }
    let series = LineChart.Series(name: "a", x: y.indices.map(Double.init), y: y)
    let thin = series.thinned(to: 10).points
    #expect(thin.map(\.x) == [0, 19, 20, 39, 40, 50, 60, 79, 80, 99])
    #expect(series.thinned(to: 100).points.count == 100)
    #expect(series.thinned(to: 99).points.count < 100)
    let level = LineChart.Series(name: "a", x: [0, 1, 2, 3], y: [1, 1, 1, 1])
    #expect(level.thinned(to: 4) == level)
  }

  /// The largest that the curve has, or what 99 of 100 points stay below, and 3 % more.
  @Test func lossReachesToWhatMostBatchesHave() {
    let y = (0..<101).map { $0 < 99 ? 1 + Double($0) / 100 : 50.0 }
    let chart = LineChart.loss(
      of: [.init(name: "a", x: y.indices.map(Double.init), y: y)], smoothing: 0.999)
    // The 99th of 100 steps through the sorted points is the first of the two outliers.
    #expect(abs((chart.yRange?.upperBound ?? 0) - 50 * 1.03) < 1e-9)
    let calm = LineChart.loss(of: [.init(name: "a", x: [0, 1, 2], y: [2, 2, 2])])
    #expect(abs((calm.yRange?.upperBound ?? 0) - 2.06) < 1e-9)
  }

  // MARK: Matrices

  /// Three rows, two columns: x is the column, y the row, the first row on top.
  @Test func cellsStandAtTheirPlaces() throws {
    let map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["a", "b", "c"], columnLabels: ["x", "y"],
      cells: [[1, 2], [nil, 4], [.nan, 10]])
    let script = try script(.heatMap(map))
    let all: [[Double]] = [[0, 0, 1], [1, 0, 2], [1, 1, 4], [1, 2, 10]]
    #expect(rows("$cells", script) == all)
    #expect(script.contains("set xrange [-0.5:1.5]"))
    #expect(script.contains("set yrange [2.5:-0.5]"))
    #expect(script.contains("set size ratio 1.5"))
    #expect(script.contains("set cbrange [0.0:10.0]"))
    // Dark writing on the pale cells, pale writing on the dark one.
    #expect(rows("$pale", script) == Array(all.prefix(3)))
    #expect(rows("$dark", script) == Array(all.suffix(1)))
    #expect(script.contains("sprintf('%.0f', $3)"))
  }

  /// gnuplot would write 62.25 as 62.2, and a terminal shows 62.3.
  @Test func numbersOfAMatrixAreRoundedAsInATerminal() throws {
    let map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["a"], columnLabels: ["x", "y"],
      cells: [[62.25, 10]])
    let script = try script(.heatMap(map))
    #expect(rows("$cells", script) == [[0, 0, 62.25], [1, 0, 10]])
    #expect(
      (rows("$pale", script) ?? []) + (rows("$dark", script) ?? []) == [[1, 0, 10], [0, 0, 62.3]])
  }

  /// Groups are separated by lines, and in a large map only large values have numbers.
  @Test func largeMatrixHasItsLargeNumbers() throws {
    let labels = (0..<30).map(String.init)
    var map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: labels, columnLabels: labels,
      cells: (0..<30).map { row in (0..<30).map { row == $0 ? 80 : $0 == 0 ? 2.6 : 0.4 } })
    #expect(rows("$pale", try script(.heatMap(map))) == nil)
    map.numbersFrom = 1
    map.rowBreaks = [10]
    map.columnBreaks = [20]
    let script = try script(.heatMap(map))
    #expect(rows("$pale", script)?.count == 29 && rows("$dark", script)?.count == 30)
    #expect(rows("$pale", script)?.first == [0, 1, 3])
    #expect(
      script.contains("-0.5 9.5\n29.5 9.5\n\n19.5 -0.5\n19.5 29.5\n"), "lines between groups")
    map.isDiverging = true
    #expect(try self.script(.heatMap(map)).contains("set cbrange [-80.0:80.0]"))
  }

  /// Zero alone is white; of a confusion it has no number. Tasks are named above their columns.
  @Test func zerosAreWhiteAndTasksAreNamed() throws {
    var map = HeatMap(
      title: "t", rowTitle: "", columnTitle: "", rowLabels: ["a"], columnLabels: ["x", "y", "z"],
      cells: [[0, 1, 8]])
    #expect(try script(.heatMap(map)).contains("set palette defined (0 '#FFFFFF', 0.001 '#"))
    #expect(rows("$pale", try script(.heatMap(map)))?.count == 2)
    map.hidesZeros = true
    map.columnGroups = [
      .init(start: 0, name: "task 1", shortName: "1"), .init(start: 2, name: "", shortName: ""),
    ]
    var script = try script(.heatMap(map))
    #expect(rows("$pale", script) == [[1, 0, 1]] && rows("$dark", script) == [[2, 0, 8]])
    #expect(script.contains("set label 1 'task 1' at first 0.5, graph 1 center"))
    map.columnGroups[0] = .init(
      start: 0, name: String(repeating: "task ", count: 20), shortName: "1")
    script = try self.script(.heatMap(map))
    #expect(script.contains("set label 1 '1' at first 0.5, graph 1 center"))
  }

  /// On a bar that goes to the left stands its number at the left.
  @Test func numbersStandBeyondTheEndsOfTheirBars() throws {
    let chart = BarChart(labels: ["a", "b"], series: [.init(name: "s", values: [-2, 1500])])
    let script = try script(.bars(chart))
    #expect(script.contains("using 2:($5 >= 0 ? ($3+$4)/2 : NaN):"))
    #expect(script.contains("using 1:($5 < 0 ? ($3+$4)/2 : NaN):"))
    #expect(script.contains("right offset -0.4,0"))
    #expect(script.contains("set xtics (") && script.contains("'1,000' 1000.0"))
    let plain = try self.script(
      .bars(BarChart(labels: ["a"], series: [.init(name: "s", values: [2])])))
    #expect(!plain.contains("$5 < 0") && !plain.contains("set xtics ("))
  }

  @Test func scaleOfAMatrixFollowsItsValues() throws {
    func scale(_ cells: [[Double?]], _ range: ClosedRange<Double>? = nil) throws -> String? {
      let labels = cells.indices.map(String.init)
      let map = HeatMap(
        rowTitle: "", columnTitle: "", rowLabels: labels, columnLabels: labels, cells: cells,
        range: range)
      return try script(.heatMap(map)).split(separator: "\n")
        .first { $0.hasPrefix("set cbrange") }.map(String.init)
    }
    #expect(try scale([[2, 4], [3, 8]]) == "set cbrange [0.0:8.0]")
    #expect(try scale([[-2, 4], [3, 8]]) == "set cbrange [-2.0:8.0]")
    #expect(try scale([[0, 0], [0, 0]]) == "set cbrange [0.0:1.0]")
    #expect(try scale([[2, 4], [3, 8]], 0...100) == "set cbrange [0.0:100.0]")
    #expect(try scale([[2, 4], [3, 8]], 5...5) == "set cbrange [0.0:8.0]")
  }

  @Test(arguments: [(16, true), (17, false)])
  func largeMatricesHaveNoNumbers(count: Int, hasNumbers: Bool) throws {
    let labels = (0..<count).map(String.init)
    let map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: labels, columnLabels: ["a", "b"],
      cells: labels.map { _ in [1, 2.5] })
    let script = try script(.heatMap(map))
    #expect(script.contains("with labels") == hasNumbers)
    #expect(script.contains("%.1f") == hasNumbers)
  }

  /// Cells at the edge, of which there are fewer, have the mean of those that there are.
  @Test func mergedCellsAreMeans() {
    let labels = (0..<3).map(String.init)
    let map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: labels, columnLabels: labels,
      cells: [[1, 3, 10], [5, nil, 20], [7, 9, nil]], scaleLabel: "s")
    let merged = map.merged(by: 2)
    #expect(merged.cells == [[3, 15], [8, nil]])
    #expect(merged.rowLabels == ["0", "2"] && merged.columnLabels == ["0", "2"])
    #expect(merged.range == 0...20)
    #expect(merged.scaleLabel == "s (mean of 2 × 2 cells)")
  }

  // MARK: Images

  private func grid(
    _ count: Int, width: Int = 32, height: Int = 32, perRow: Int = 8, padding: Int = 2,
    title: String? = nil, caption: String? = nil
  ) -> ImageGrid {
    ImageGrid(
      title: title,
      tiles: (0..<count).map { _ in
        ImageGrid.Tile(
          width: width, height: height, rgb: Array(repeating: 9, count: 3 * width * height),
          caption: caption)
      }, perRow: perRow, padding: padding)
  }

  /// Tiles of 32 pixels are doubled, to 104 pixels or more with captions; padding grows with them.
  @Test func tilesOfAGridLieInRows() throws {
    let plain = try GridGeometry(grid(10), within: nil)
    #expect(plain.scale == 2 && plain.perRow == 8 && plain.rows == 2)
    #expect(plain.tileWidth == 64 && plain.gap == 4)
    #expect(plain.width == 8 * 68 + 4 && plain.height == 2 * 68 + 4)
    let few = try GridGeometry(grid(3, height: 16, caption: "x"), within: nil)
    #expect(few.scale == 4 && few.perRow == 3 && few.rows == 1)
    #expect(few.tileWidth == 128 && few.tileHeight == 64 && few.gap == 8)
    // Two lines of 14 pixels and 4 between them and the next row.
    #expect(few.width == 3 * 136 + 8 && few.height == 64 + 8 + 32 + 8)
    #expect(try GridGeometry(grid(4, padding: 0), within: nil).gap == 0)
    let boxed = try GridGeometry(grid(8), within: PictureSize(width: 1000, height: 1000))
    #expect(boxed.scale == 3)  // (1000 − 2) / (8 · 34) = 3.67
    let low = try GridGeometry(grid(8), within: PictureSize(width: 1000, height: 100))
    #expect(low.scale == 2)  // (100 − 2) / 34 = 2.88
    #expect(throws: PlotError.self) {
      try GridGeometry(grid(1, width: 8000, height: 1), within: PictureSize(width: 64, height: 64))
    }
  }

  /// Title above, then rows of tiles with two lines for captions.
  @Test func pictureOfAGridIsAsLargeAsItNeeds() throws {
    let drawing = try Drawing(
      .images(grid(10, title: "t", caption: "c")), medium: .png, output: "o",
      pixelPath: { _ in "p" })
    // 128 wide tiles, gaps of 8, captions of 32, a title of 34.
    #expect(drawing.canvas.width == 8 * 136 + 8)
    #expect(drawing.canvas.height == 2 * (128 + 8 + 32) + 8 + 34)
    // The ninth tile begins the second row: its caption's first line below it.
    let x = 8 + 64
    let y = 8 + (128 + 8 + 32) + 128 + 2 + 7
    #expect(drawing.script.contains("set label 9 'c' at \(x),\(y) center"))
    let count: Int = 3 * (8 * 136 + 8) * (2 * 168 + 8)
    #expect(drawing.pixels.map(\.bytes.count) == [count])
  }

  /// Blocks stand side by side while they fit; each tile has a place of its own below a name.
  @Test func blocksOfImagesHaveNamesAndDoNotTouch() throws {
    var grid = grid(9, perRow: 4)
    grid.blocks = [
      .init(name: "a", count: 2), .init(name: "b", count: 1), .init(name: "c", count: 6),
    ]
    let geometry = try GridGeometry(grid, within: nil)
    let blocks = try #require(geometry.blocks)
    // Gap 4, tiles of 64: two and one beside each other with 18 between, then six in rows of four.
    #expect(blocks.names.map(\.left) == [4, 4 + 2 * 68 + 18, 4])
    #expect(blocks.tiles.map(\.left) == [4, 72, 158] + [4, 72, 140, 208, 4, 72])
    #expect(Set(blocks.tiles[..<3].map(\.top)) == [24])
    #expect(
      blocks.tiles[3].top == 24 + 68 + 9 + 20 && blocks.tiles[7].top == blocks.tiles[3].top + 68)
    #expect(geometry.height == blocks.tiles[8].top + 68)
    let drawing = try Drawing(.images(grid), medium: .png, output: "o", pixelPath: { _ in "p" })
    #expect(drawing.script.contains("set label 2 'b' at 158,14 left"))
    let small = try GridGeometry(grid, within: PictureSize(width: 200, height: 100))
    #expect(small.width <= 200 && small.height <= 100)
    let text = Figure.images(grid).text(on: TerminalScreen(columns: 60, colours: .none))
    #expect(
      text.split(separator: "\n").map(String.init).filter { $0.count == 1 } == ["a", "b", "c"])
  }

  /// A tile lies where its place says, what is smaller in the middle of it, white around.
  @Test func pixelsOfTilesLieAtTheirPlaces() throws {
    let grid = ImageGrid(
      tiles: [
        .init(width: 80, height: 80, rgb: [UInt8](repeating: 10, count: 19200)),
        .init(width: 40, height: 20, rgb: [UInt8](repeating: 20, count: 2400)),
      ], perRow: 2, padding: 1)
    let drawing = try Drawing(.images(grid), medium: .png, output: "o", pixelPath: { _ in "p" })
    let pixels = try #require(drawing.pixels.first).bytes
    let width = drawing.canvas.width
    #expect(width == 2 * 81 + 1 && pixels.count == 3 * width * 82)
    for row in 0..<82 {
      for column in 0..<width {
        let isFirst = (1..<81).contains(row) && (1..<81).contains(column)
        // 30 above, 20 beside it.
        let isSecond = (31..<51).contains(row) && (102..<142).contains(column)
        let expected: UInt8 = isFirst ? 10 : isSecond ? 20 : 255
        #expect(pixels[3 * (row * width + column)] == expected, "\(row), \(column)")
      }
    }
  }

  // MARK: Fonts and colours

  /// 96 pixels an inch: a pixel is 0.75 points, but in SVG, whose unit it is.
  @Test func fontsAreAsLargeInEveryFormat() throws {
    let figure = Samples.lines(title: "t")
    #expect(try script(figure).contains("font 'DejaVu Sans,13.00'"))
    #expect(try script(figure, .png).contains("font 'Sans,9.75'"))
    #expect(try script(figure).contains("font ',16.00'"))
    #expect(try script(figure, .png).contains("font ',12.00'"))
  }

  /// 0.58 of the font's height a character: in 64 pixels there is room for 6 of 16 pixels.
  @Test func titlesAreCutToThePicture() throws {
    let figure = Samples.lines(title: "abcdefghij")
    let script = try script(figure, size: PictureSize(width: 64, height: 64))
    #expect(script.contains("set title 'abcde…'"))
  }

  /// 60 characters of 0.58 · 16 pixels, and as much as the label "true", 4 of 0.58 · 13 pixels, pushes
  /// the cells to the right.
  @Test func heatMapsAreAsWideAsTheirTitles() throws {
    let map = HeatMap(
      title: String(repeating: "t", count: 60), rowTitle: "", columnTitle: "",
      rowLabels: ["true"], columnLabels: ["x"], cells: [[1]])
    #expect(try script(.heatMap(map)).contains(" size 588,320 "))
  }

  /// The rows of a block of numbers in a script.
  private func rows(_ name: String, _ script: String) -> [[Double]]? {
    let lines = script.split(separator: "\n")
    guard let start = lines.firstIndex(of: "\(name) << EOD"),
      let end = lines[start...].firstIndex(of: "EOD")
    else { return nil }
    return lines[(start + 1)..<end].map { $0.split(separator: " ").compactMap { Double($0) } }
  }
}
