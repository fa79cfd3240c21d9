import Plotting
import Testing

@Suite struct LineChartTests {
  @Test func smoothingStartsAtTheFirstPointAndWeighsThePast() {
    let series = LineChart.Series(name: "a", x: [0, 1, 2], y: [4, 0, 0])
    // (0.5 · 4 / 0.5), (0.25 · 4 / 0.75), (0.125 · 4 / 0.875)
    let smoothed = series.smoothed(weight: 0.5).points.map(\.y)
    #expect(zip(smoothed, [4, 4.0 / 3, 4.0 / 7]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func smoothingBeginsAnewAfterGaps() {
    let series = LineChart.Series(name: "a", x: [0, 1, 2, 3], y: [3, .nan, 5, 5])
    let smoothed = series.smoothed(weight: 0.9).points
    #expect(smoothed[1].y.isNaN)
    #expect(smoothed[2...].allSatisfy { abs($0.y - 5) < 1e-12 })
  }

  /// Where there is no room for its label, a border is a line alone.
  @Test func bordersLieBehindTheCurves() {
    var chart = LineChart(
      xLabel: "x", yLabel: "y", series: [.init(name: "a", x: [0, 50, 100], y: [1, 2, 3])])
    chart.borders = [
      .init(x: 20, label: "task 2"), .init(x: 22, label: "task 3"), .init(x: 400, label: "far"),
    ]
    let found = chart.borders(columns: 60)
    #expect(found.map(\.x) == [20, 22] && found.map(\.label) == [nil, "task 3"])
    let text = chart.characters(on: TerminalScreen(columns: 70, rows: 24)).text(.none)
    #expect(text.contains("┊ task 3") && !text.contains("task 2"))
  }

  /// A partner has the colour of its series.
  @Test func partnersShareAColour() {
    let chart = LineChart(
      xLabel: "x", yLabel: "y",
      series: [
        .init(name: "a", x: [0, 1], y: [1, 2]), .init(name: "b", x: [0, 1], y: [2, 1]),
        .init(name: "c", points: [.init(x: 0, y: 3)], partner: 0),
      ])
    #expect((0..<3).map(chart.colouring) == [0, 1, 0])
    #expect(chart.series[2].thinned(to: 2).partner == 0)
    #expect(chart.series[2].smoothed(weight: 0.5).partner == 0)
  }

  @Test func thinningKeepsGaps() {
    var y = (0..<5000).map { Double($0 % 7) }
    y[1234] = .nan
    let thin = LineChart.Series(name: "a", x: y.indices.map(Double.init), y: y).thinned(to: 100)
    #expect(thin.points.filter { $0.y.isNaN }.map(\.x) == [1234])
    #expect(thin.points.map(\.x) == thin.points.map(\.x).sorted())
  }

  /// A gap as long as several stretches stays one.
  @Test func thinningKeepsStretchesWithoutPoints() {
    let y = (0..<1000).map { (200..<400).contains($0) ? .nan : Double($0 % 7) }
    let thin = LineChart.Series(name: "a", x: y.indices.map(Double.init), y: y).thinned(to: 20)
    #expect(thin.points.filter { $0.y.isNaN }.map(\.x) == [200, 300])
  }

  @Test func curvesUponEachOtherAreNamed() {
    func series(_ name: String, _ y: [Double]) -> LineChart.Series {
      LineChart.Series(name: name, x: y.indices.map(Double.init), y: y)
    }
    let chart = LineChart.accuracy(of: [
      series("a", [1, 2, .nan, 3]), series("b", [1, 2]), series("c", [1, 2, .nan, 3]),
      series("d", []), series("e", []), series("f", [1, 2]), series("g", [1, 2, .nan, 3]),
    ])
    #expect(chart.coincidingSeries == [[0, 2, 6], [1, 5]])
  }

  @Test(arguments: [2, 3, 10, 100, 999, 1000, 1001, 5000])
  func thinningKeepsExtremesAndOrder(_ count: Int) {
    var y = (0..<count).map { Double($0 * 7919 % 1000) }
    y[count / 3] = 5000
    y[count / 2] = -5000
    let series = LineChart.Series(name: "a", x: y.indices.map(Double.init), y: y)
    let thin = series.thinned(to: 1000).points
    #expect(thin.count <= max(1000, 0) && thin.count >= min(count, 500))
    #expect(thin.map(\.y).max() == y.max() && thin.map(\.y).min() == y.min())
    #expect(thin.map(\.x) == thin.map(\.x).sorted())
  }

  @Test func lossIsShownFromZero() {
    let chart = LineChart.loss(of: [LineChart.Series(name: "a", x: [0, 1], y: [2, 1])])
    #expect(chart.yRange?.lowerBound == 0 && (chart.yRange?.upperBound ?? 0) > 2)
    #expect(LineChart.loss(of: []).yRange == nil)
  }

  /// What the axis leaves out is counted.
  @Test func whatLiesAboveALossIsTold() {
    var y = (0..<1000).map { _ in 2.0 }
    (y[500], y[600]) = (80, 40)
    let chart = LineChart.loss(of: [.init(name: "a", x: y.indices.map(Double.init), y: y)])
    #expect(chart.cut == "2 of 1,000 points lie above, up to 80")
    let text = chart.characters(on: TerminalScreen(columns: 70, rows: 24)).text(.none)
    #expect(text.contains("2 of 1,000 points lie above, up to 80"))
    #expect(LineChart.loss(of: [.init(name: "a", x: [0, 1], y: [2, 1])]).cut == nil)
  }

  /// Batches are seen on white paper, and their smoothed curve before them.
  @Test func batchesAndTheirCurveHaveContrast() {
    let white = Colour(255, 255, 255)
    for index in 0..<7 {
      let colour = Palette.colour(index)
      let (raw, smoothed) = (Palette.raw(colour), Palette.smoothed(colour))
      #expect((3..<4.2).contains(raw.contrast(with: white)), "\(index)")
      #expect(smoothed.contrast(with: white) >= 6 && smoothed.contrast(with: raw) >= 1.5)
    }
  }

  /// One bad batch does not press the rest of the curve to the ground.
  @Test func lossIsNotFlattenedByOneBatch() {
    var y = (0..<1000).map { 2 / (1 + Double($0) / 100) }
    y[500] = 80
    let chart = LineChart.loss(
      of: [LineChart.Series(name: "a", x: y.indices.map(Double.init), y: y)])
    #expect((2..<6).contains(chart.yRange?.upperBound ?? 0))
  }
}
