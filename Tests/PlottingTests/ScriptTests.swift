import Plotting
import Testing

@Suite struct ScriptTests {
  @Test func curvesAreWrittenAsBlocks() throws {
    let figure = Figure.lines(
      LineChart(
        title: "it's", xLabel: "Classes", yLabel: "%", yRange: 0...100,
        series: [
          LineChart.Series(
            name: "a b",
            points: [
              LineChart.Point(x: 8, y: 96, error: 1.5), LineChart.Point(x: 16, y: .nan),
              LineChart.Point(x: 24, y: 30),
            ])
        ]))
    let drawing = try Drawing(figure, medium: .svg, output: "o", pixelPath: { _ in "p" })
    #expect(
      drawing.script == """
        set encoding utf8
        set terminal svg noenhanced size 960,600 background 'white' font 'DejaVu Sans,13.00'
        set output 'o'
        unset key
        set format '%g'
        set title 'it'."'".'s' noenhanced font ',16.00' textcolor rgb '#222222'
        set border 3 linecolor rgb '#777777'
        set tics nomirror out textcolor rgb '#222222'
        set grid linetype 1 linewidth 1 linecolor rgb '#DDDDDD'
        set xlabel 'Classes' offset 0,0 noenhanced textcolor rgb '#222222'
        set ylabel '%' offset 0,0 noenhanced textcolor rgb '#222222'
        set xrange [7.52:24.48]
        set xtics (8.0, 24.0)
        set yrange [0.0:100.0]
        set rmargin 4.7
        set label 1001 'a b' at graph 1, first 30.0 left offset character 0.8,0 noenhanced \
        textcolor rgb '#0072B2'
        $curve0 << EOD
        8.0 96.0 1.5

        24.0 30.0 0.0
        EOD
        plot $curve0 using 1:2:3 with yerrorbars pointtype 0 linewidth 1.5 linecolor rgb '#0072B2' \
        notitle, \\
          $curve0 using 1:2 with linespoints linewidth 2 dashtype 1 linecolor rgb '#0072B2' \
        pointtype 7 pointsize 1.1 notitle
        set output

        """)
    #expect(drawing.pixels.isEmpty)
  }

  @Test(arguments: [
    (Samples.images(3, caption: "stop"), "plot 'p' binary array=(416,176) format='%uchar'"),
    (Samples.images(3, caption: "stop"), "set label 3 'stop' at"),
    (Samples.bars("50%"), "('50%%' 0, 'yield' 1)"),
    (
      Samples.bars(),
      "$bars0 << EOD\n0.0 30.0 -0.4 0.0 30.0\n0.0 12.0 0.6000000000000001 1.0 12.0\nEOD\n"
    ),
    (Samples.loss(), "$raw0 using 1:2 with lines"),
    (Samples.heatMap(), "$cells << EOD\n0.0 0.0 97.0\n0.0 1.0 60.5\n1.0 1.0 96.0\nEOD\n"),
    (Samples.heatMap(), "set cbrange [0.0:100.0]"),
  ])
  func eachFigureHasItsPlot(_ figure: Figure, _ part: String) throws {
    let script = try Drawing(figure, medium: .png, output: "o", pixelPath: { _ in "p" }).script
    #expect(script.contains(part), "\(script)")
  }

  @Test func textAppearsOnlyInsideLiterals() throws {
    for figure in Samples.all("x\n!touch ran\n' . `touch ran`") {
      let script = try Drawing(figure, medium: .png, output: "o", pixelPath: { _ in "p" }).script
      for line in script.split(separator: "\n") {
        #expect(!line.hasPrefix("!"))
        let outside = line.replacing(#"."'"."#, with: ".")
          .split(separator: "'", omittingEmptySubsequences: false)
          .enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
        #expect(!outside.contains("`") && !outside.contains("touch"), "\(line)")
      }
    }
  }

  @Test(arguments: [
    Figure.images(ImageGrid(tiles: [])),
    .bars(BarChart(labels: [], series: [])),
    .bars(BarChart(labels: ["a"], series: [])),
    .bars(BarChart(labels: [], series: [.init(name: "x", values: [])])),
    .lines(LineChart(xLabel: "", yLabel: "", series: [])),
    .lines(LineChart(xLabel: "", yLabel: "", series: [.init(name: "a", x: [1], y: [.nan])])),
    .heatMap(HeatMap(rowTitle: "", columnTitle: "", rowLabels: [], columnLabels: [], cells: [])),
    .heatMap(
      HeatMap(rowTitle: "", columnTitle: "", rowLabels: ["a"], columnLabels: [], cells: [[]])),
    .heatMap(
      HeatMap(rowTitle: "", columnTitle: "", rowLabels: [], columnLabels: ["a"], cells: [])),
  ])
  func emptyFiguresAreRefused(_ figure: Figure) {
    #expect(throws: PlotError.nothingToDraw) {
      try Drawing(figure, medium: .png, output: "o", pixelPath: { _ in "p" })
    }
  }

  @Test(arguments: [(0, 0), (99_999, 100), (63, 64), (64, 63), (8193, 64), (64, 8193)])
  func sizesAreChecked(width: Int, height: Int) {
    let size = PictureSize(width: width, height: height)
    #expect(
      throws: PlotError.sizeOutOfRange(width: size.width, height: size.height, allowed: 64...8192)
    ) {
      try Drawing(Samples.lines(), medium: .png, size: size, output: "o", pixelPath: { _ in "p" })
    }
  }
}
