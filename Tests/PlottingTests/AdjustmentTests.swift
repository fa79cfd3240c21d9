import Foundation
import Plotting
import Testing

/// What somebody wants otherwise in a figure.
@Suite struct AdjustmentTests {
  private let series = [
    LineChart.Series(
      name: "a", points: [.init(x: 8, y: 90, error: 2), .init(x: 16, y: 40, error: 4)], runs: 3),
    LineChart.Series(
      name: "b", points: [.init(x: 8, y: 91, error: 1), .init(x: 16, y: 80, error: 1)], runs: 3),
  ]

  private func adjusted(_ change: (inout Adjustments) -> Void) throws -> Figure {
    var adjustments = Adjustments()
    change(&adjustments)
    return try Figure.lines(.accuracy(of: series)).adjusted(by: adjustments)
  }

  private func script(_ figure: Figure) throws -> String {
    try Drawing(figure, medium: .svg, output: "o", pixelPath: { _ in "p" }).script
  }

  @Test func textsAndRangesAreThoseThatAreAskedFor() throws {
    let figure = try adjusted {
      ($0.title, $0.xLabel, $0.yLabel) = ("T", "X", "Y")
      ($0.xRange, $0.yRange) = (.between(0, 20), .between(60, nil))
      ($0.labels, $0.colours) = (["ours", "theirs"], [Colour(1, 2, 3), Colour(4, 5, 6)])
    }
    let script = try script(figure)
    for part in [
      "set title 'T'", "set xlabel 'X'", "set ylabel 'Y'", "set xrange [0.0:20.0]",
      // Up to 92 with its error, and a little more.
      "set yrange [60.0:94.8]", "'ours'", "linecolor rgb '#010203'", "linecolor rgb '#040506'",
    ] {
      #expect(script.contains(part), "\(part) in \(script)")
    }
    #expect(try self.script(try adjusted { $0.title = "" }).contains("set title '") == false)
  }

  /// From 36 to 92: the values with their errors, and a twentieth of that.
  @Test func anAxisFitsOnDemand() throws {
    #expect(try script(try adjusted { $0.yRange = .fitting }).contains("set yrange [33.2:94.8]"))
    #expect(try script(try adjusted { _ in }).contains("set yrange [0.0:100.0]"))
  }

  @Test func whatDoesNotFitIsRefused() {
    #expect(
      throws: AdjustmentProblem.wrongCount(found: 1, names: ["a", "b"], ofColours: false)
    ) { try adjusted { $0.labels = ["x"] } }
    #expect(
      throws: AdjustmentProblem.wrongCount(found: 3, names: ["a", "b"], ofColours: true)
    ) { try adjusted { $0.colours = [Colour(0, 0, 0), Colour(0, 0, 0), Colour(0, 0, 0)] } }
    #expect(throws: AdjustmentProblem.emptyRange(isHorizontal: true)) {
      try adjusted { $0.xRange = .between(500, nil) }
    }
  }

  @Test func theSpreadIsABandOrBarsOrNothing() throws {
    let band = try script(try adjusted { _ in })
    #expect(band.contains("using 1:($2-$3):($2+$3) with filledcurves"))
    #expect(band.contains("'mean ± sd, n = 3'") && !band.contains("yerrorbars"))
    let bars = try script(try adjusted { $0.errors = .bars })
    #expect(bars.contains("yerrorbars") && !bars.contains("filledcurves"))
    let none = try script(try adjusted { $0.errors = ErrorForm.none })
    #expect(none.contains("'mean, n = 3'"))
    #expect(!none.contains("yerrorbars") && !none.contains("filledcurves"))
  }

  /// The higher at the end is drawn first, so that the bars of both are moved apart.
  @Test func barsOfErrorsStandSideBySide() throws {
    let bars = try script(try adjusted { $0.errors = .bars })
    let rows = ["$curve1", "$curve0"].map { name in
      bars.components(separatedBy: "\(name) << EOD\n")[1].prefix { $0 != " " }
    }
    let (higher, lower) = (Double(rows[0]) ?? 0, Double(rows[1]) ?? 0)
    #expect(higher < 8 && lower > 8 && abs(higher + lower - 16) < 1e-9)
  }

  @Test func namesStandWhereTheyAreWanted() throws {
    let direct = try script(try adjusted { _ in })
    #expect(!direct.contains("set key outside") && direct.contains("set label 1001 'a'"))
    #expect(direct.contains("at graph 1, first 40.0 left"))
    #expect(try script(try adjusted { $0.legend = .right }).contains("set key outside right top"))
    #expect(try script(try adjusted { $0.legend = .below }).contains("center bottom horizontal"))
    let off = try script(try adjusted { $0.legend = .off })
    #expect(!off.contains("'a'") && !off.contains("set key outside"))
  }

  /// The legend begins with the curve that ends highest; colours stay with their curves.
  @Test func manyCurvesAreInTheOrderOfTheirEnds() throws {
    let many = (0..<6).map { index in
      LineChart.Series(name: "s\(index)", x: [0, 1], y: [50, Double(index * 7 % 6)])
    }
    let script = try script(.lines(.accuracy(of: many)))
    let names = script.matches(of: #/title '(s\d)'/#).map { String($0.output.1) }
    #expect(names == ["s5", "s4", "s3", "s2", "s1", "s0"])
    #expect(
      script.contains(
        "$curve0 using 1:2 with linespoints linewidth 2 dashtype 1 linecolor rgb '#0072B2'"))
  }

  /// Names at ends that are nearly the same move apart; of ends that are too near they stand beside.
  @Test func namesAtTheEndsDoNotCoverEachOther() throws {
    func places(_ ends: [Double]) throws -> [Double] {
      let series = ends.map { LineChart.Series(name: "n", x: [0, 1], y: [50, $0]) }
      return try script(.lines(.accuracy(of: series)))
        .matches(of: #/at graph 1, first (\S+) left/#).compactMap { Double($0.output.1) }.sorted()
    }
    let near = try places([50, 51])
    #expect(near.count == 2 && near[1] - near[0] > 2.8 && near[0] < 50 && near[1] > 51)
    #expect(try places([50, 50, 50, 50]).isEmpty)
  }

  @Test func aStyleIsTheSameInAllFigures() throws {
    var other = LineChart.Series(name: "x", x: [0, 1], y: [1, 2])
    other.style = 2
    let script = try script(.lines(LineChart(xLabel: "", yLabel: "", series: [other])))
    #expect(script.contains("linecolor rgb '#009E73' pointtype 9"))
  }

  @Test(
    arguments: [
      ("blue", "#0072B2"), ("#0072b2", "#0072B2"), ("D55E00", "#D55E00"), ("Black", "#000000"),
      ("#12345", nil), ("'; !x", nil), ("＃0072B2", nil), ("bluish", nil), ("#00000g", nil),
    ] as [(String, String?)])
  func coloursAreRead(text: String, hex: String?) {
    let colour = Colour(text)
    #expect(colour == hex.flatMap { Colour(String($0.dropFirst())) })
    #expect((colour == nil) == (hex == nil))
  }
}
