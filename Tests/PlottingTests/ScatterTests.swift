import Plotting
import Testing

/// Points in the plane, in scripts and in characters.
@Suite struct ScatterTests {
  private func script(_ scatter: Scatter, width: Int = 800, height: Int = 600) throws -> String {
    try Drawing(
      .points(scatter), medium: .svg, size: PictureSize(width: width, height: height), output: "o",
      pixelPath: { _ in "p" }
    ).script
  }

  private func group(
    _ name: String, _ points: [(Double, Double)], style: Int, isPale: Bool = false
  ) -> Scatter.Group {
    .init(name: name, points: points.map { .init(x: $0, y: $1) }, style: style, isPale: isPale)
  }

  private func scatter(_ groups: [Scatter.Group], marks: [Scatter.Mark] = []) -> Scatter {
    Scatter(xLabel: "", yLabel: "", groups: groups, marks: marks)
  }

  @Test func groupsHaveABlockAndPaleOnesLieBehind() throws {
    let text = try script(
      scatter([
        group("a", [(0, 0), (.nan, 3)], style: 0), group("b", [(1, 2)], style: 1, isPale: true),
        group("c", [], style: 2),
      ]))
    #expect(text.contains("$points0 << EOD\n1.0 2.0\nEOD\n"))
    #expect(text.contains("$points1 << EOD\n0.0 0.0\nEOD\n") && !text.contains("$points2"))
    // Vermilion mixed with white, then blue.
    let (pale, full) = ("rgb '#F3D2B8' notitle", "rgb '#0072B2' notitle")
    #expect(text.contains(pale) && text.contains(full), "\(text)")
  }

  /// The eighth style has the first colour, darker, and the next marker.
  @Test func stylesDifferInColourThenInMarker() throws {
    let text = try script(
      scatter([group("a", [(0, 0)], style: 0), group("b", [(1, 1)], style: 7)]))
    #expect(text.contains("$points0 using 1:2 with points pointtype 7 "))
    #expect(text.contains("$points1 using 1:2 with points pointtype 5 "))
    #expect(text.contains("point pointtype 5 pointsize 1 linecolor rgb '#00446B'"))
  }

  /// A twenty-fifth of what the points take, at each side.
  @Test func axesFitThePointsUnlessTheyAreGiven() throws {
    var plot = scatter([group("a", [(0, 5), (100, 5)], style: 0)])
    #expect(try script(plot).contains("set xrange [-4.0:104.0]\nset yrange [4.0:6.0]\n"))
    (plot.xRange, plot.yRange) = (-1...1, 0...2)
    #expect(try script(plot).contains("set xrange [-1.0:1.0]\nset yrange [0.0:2.0]\n"))
    #expect(Scatter.range(around: [.nan]) == 0...1)
  }

  /// 66 and 16 pixels at the sides, 54 below, 14 above; the names take 12 and 24 and 3 letters of
  /// 0.58 · 13 pixels.
  @Test func plotsWithoutNamesAreAsLargeAsOthers() throws {
    var plot = scatter([group("abc", [(0, 0)], style: 0)])
    plot.legend = .none
    let bare = try script(plot)
    #expect(bare.contains("set lmargin at screen \(66.0 / 800)"))
    #expect(bare.contains("set rmargin at screen \(784.0 / 800)"))
    #expect(bare.contains("set bmargin at screen \(1 - 546.0 / 600)"))
    #expect(bare.contains("set tmargin at screen \(1 - 14.0 / 600)"))
    #expect(!bare.contains("'abc'"))
    plot.legend = .beside
    #expect(try script(plot).contains("set rmargin at screen \((784.0 - 12 - 24 - 23) / 800)"))
  }

  /// A mark that another one would cover stands aside, with a line to its place.
  @Test func marksDoNotCoverEachOther() throws {
    let place = Scatter.Point(x: 0.5, y: 0.5)
    let far = Scatter.Point(x: 0, y: 0)
    let text = try script(
      scatter(
        [group("a", [(0, 0), (1, 1)], style: 0)],
        marks: [.init("14", at: place), .init("3", at: far), .init("7", at: place)]))
    #expect(text.contains("'14' at 0.5,0.5 center") && text.contains("'3' at 0.0,0.0 center"))
    #expect(!text.contains("'7' at 0.5,0.5"))
    #expect(text.ranges(of: "set arrow").count == 1)
    #expect(text.contains("set arrow 4 from 0.5,0.5 to "))
  }

  /// Three maps of which side by side the numbers would be lost.
  @Test func mapsStandBelowEachOtherWhereTheyAreNarrow() throws {
    let map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["a"],
      columnLabels: ["u", "v", "w", "x", "y", "z"],
      cells: [[0, 0.2, 0.3, 0.25, 0.5, 0.75]], range: 0...1, decimals: 2)
    let panels = Panels(rows: [[.init(.heatMap(map)), .init(.heatMap(map))]])
    func lines(_ columns: Int) throws -> [Substring] {
      try Gnuplot(environment: [:]).show(.panels(panels), on: TerminalScreen(columns: columns))
        .split(separator: "\n").filter { $0.contains("0.75") }
    }
    // A label, 2 and six cells of 6 for each map.
    #expect(try lines(100).count == 1)
    #expect(try lines(70).count == 2)
  }

  @Test func namesAloneHaveNoPlot() throws {
    var plot = scatter([
      group("a", [], style: 0, isPale: true), group("b", [(1, 1)], style: 3),
      group("a", [(1, 1)], style: 0),
    ])
    plot.legend = .alone
    let text = try script(plot, width: 300, height: 64)
    #expect(text.contains("unset border") && !text.contains("$points"))
    #expect(text.ranges(of: "set label").count == 2)
    // Of a name that a pale and a full group have, the full one is shown.
    #expect(text.contains("linecolor rgb '#0072B2'") && !text.contains("#B8D8E9"))
  }

  @Test func emptyPlotsAreRefused() {
    #expect(throws: PlotError.nothingToDraw) { try script(scatter([])) }
    #expect(throws: PlotError.nothingToDraw) {
      try script(scatter([group("a", [(.nan, 1)], style: 0)]))
    }
  }

  // MARK: Characters

  private func shown(_ scatter: Scatter, colours: ColourDepth = .none) throws -> [String] {
    try Gnuplot(environment: [:]).show(
      .points(scatter), on: TerminalScreen(columns: 40, rows: 16, colours: colours)
    ).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Eight rows of 35 characters behind labels of one digit.
  @Test func lettersStandWhereTheirPointsAre() throws {
    var plot = scatter(
      [
        group("stop", [(0, 0)], style: 0), group("yield", [(10, 7), (10, 7), (0, 7)], style: 1),
        group("other", [(10, 7), (0, 7)], style: 2),
      ], marks: [.init("14", at: .init(x: 5, y: 3.5))])
    (plot.xRange, plot.yRange) = (0...10, 0...7)
    let lines = try shown(plot)
    // Of the upper right, yield has more; of the upper left both have one, the first is shown.
    #expect(lines[0].hasSuffix("B") && lines[0].contains("B "))
    #expect(!lines[0].contains("C"))
    #expect(lines[7].contains("A") && !lines[7].contains("B"))
    #expect(lines[4].contains("14") || lines[3].contains("14"), "\(lines)")
    #expect(lines.contains { $0.contains("A stop") && $0.contains("B yield") })
    plot.legend = .alone
    #expect(try shown(plot).count == 2)
  }

  @Test func dotsHaveTheColourOfMost() throws {
    let plot = scatter([
      group("a", [(0, 0)], style: 0), group("b", [(10, 7), (10, 7)], style: 1),
    ])
    let text = try shown(plot, colours: .truecolour).joined(separator: "\n")
    #expect(text.contains("38;2;0;114;178m") && text.contains("38;2;213;94;0m"))
    #expect(text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
  }

  // MARK: Bars and cells

  /// Each label has a bar of one series, as thick as if there were one.
  @Test func exclusiveBarsTakeTheWholePlace() throws {
    let chart = BarChart(
      labels: ["a", "b"],
      series: [.init(name: "x", values: [1.234, .nan]), .init(name: "y", values: [.nan, -2])],
      isExclusive: true, decimals: 2, hasLegend: false)
    let text = try Drawing(
      .bars(chart), medium: .svg, output: "o", pixelPath: { _ in "p" }
    ).script
    #expect(text.contains("$bars0 << EOD\n0.0 1.234 -0.4 0.4 1.234\nEOD\n"))
    #expect(text.contains("$bars1 << EOD\n-2.0 0.0 0.6 1.4 -2.0\nEOD\n"))
    #expect(text.contains("sprintf('%.2f', $5)") && !text.contains("set key outside"))
    let lines = try Gnuplot(environment: [:]).show(
      .bars(chart), on: TerminalScreen(columns: 30)
    ).split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasSuffix(" 1.23") && lines[1].hasPrefix("b ="))
  }

  @Test func numbersInCellsHaveTheDecimalsAskedFor() throws {
    let map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["a"], columnLabels: ["x"], cells: [[0.876]],
      range: 0...1, decimals: 2)
    let text = try Drawing(
      .heatMap(map), medium: .svg, output: "o", pixelPath: { _ in "p" }
    ).script
    #expect(text.contains("0.0 0.0 0.88") && text.contains("sprintf('%.2f', $3)"))
    #expect(
      try Gnuplot(environment: [:]).show(.heatMap(map), on: TerminalScreen()).contains("0.88"))
  }
}
