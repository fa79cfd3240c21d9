import PlainText
import System

extension LineChart {
  /// Curves of braille dots, eight to the character, between axes; a sign on every point where
  /// there are few. Without colours each curve has a letter.
  package func characters(on screen: TerminalScreen) -> CharacterPicture {
    LineChartText(self, screen).picture
  }

  /// Round values within the axis, `count` at most.
  package static func roundTicks(in range: ClosedRange<Double>, atMost count: Int) -> [Double] {
    let width = range.upperBound - range.lowerBound
    guard width > 0, width.isFinite, count > 0 else { return [range.lowerBound] }
    let power = pow(10, floor(log10(width / Double(count))))
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    guard power > 0, largest / power < 1e15 else { return [range.lowerBound] }
    /// The first and last multiple within the range, which rounding may have moved a little.
    func multiples(of step: Double) -> (first: Int, last: Int) {
      (
        Int(ceil(range.lowerBound / step - 1e-9)), Int(floor(range.upperBound / step + 1e-9))
      )
    }
    let step = [1, 2, 5, 10, 20].map { $0 * power }.first {
      multiples(of: $0).last - multiples(of: $0).first < count
    }
    guard let step else { return [range.lowerBound] }
    let (first, last) = multiples(of: step)
    return first <= last ? (first...last).map { Double($0) * step } : []
  }
}

/// A chart on its way to characters.
private struct LineChartText {
  private let chart: LineChart
  private let screen: TerminalScreen
  private let axes: TextAxes

  init(_ chart: LineChart, _ screen: TerminalScreen) {
    self.chart = chart
    self.screen = screen
    let points = chart.series.flatMap(\.finitePoints)
    let low = points.map(\.y).min() ?? 0
    let high = points.map(\.y).max() ?? 1
    let wanted = chart.yRange ?? low...high
    let range =
      wanted.upperBound > wanted.lowerBound
      ? wanted : wanted.lowerBound - 1...wanted.upperBound + 1
    axes = TextAxes(x: chart.xRange, y: range, xTicks: chart.ticks, on: screen)
  }

  var picture: CharacterPicture {
    var picture = CharacterPicture()
    let yLabel = [chart.yLabel, chart.note ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    picture.add(headings: [chart.title ?? "", yLabel, chart.cut ?? ""], within: screen.columns)
    axes.add(cells(), xLabel: chart.xLabel, to: &picture)
    if chart.legend != .off {
      picture.add(
        legend: chart.inOrder.map { index, series in
          (.init(sign(index), front: colour(index)), series.name)
        }, within: screen.columns)
    }
    return picture
  }

  private func cells() -> [[CharacterPicture.Cell]] {
    var cells = axes.emptyCells
    for border in chart.borders(columns: axes.width) {
      let column = axes.column(of: border.x)
      for row in 0..<axes.height { cells[row][column] = .init("┊") }
      for (offset, letter) in (border.label ?? "").enumerated()
      where column + 2 + offset < axes.width {
        cells[0][column + 2 + offset] = .init(letter)
      }
    }
    for (index, series) in chart.drawn {
      var dots = DotGrid(columns: axes.width, rows: axes.height)
      var last: (x: Int, y: Int)?
      for point in chart.curve(of: series).thinned(to: 4 * axes.width).points {
        guard point.isFinite, chart.shows(point) else {
          last = nil
          continue
        }
        let place = axes.dot(x: point.x, y: point.y)
        dots.draw(from: last ?? place, to: place)
        last = place
      }
      for row in 0..<axes.height {
        for column in 0..<axes.width {
          guard let character = dots.character(column, row) else { continue }
          cells[row][column] = .init(character, front: colour(index))
        }
      }
    }
    // Signs on top of all curves.
    for (index, series) in chart.drawn where series.points.count <= 40 && chart.smoothing == 0 {
      for point in series.finitePoints where chart.shows(point) {
        cells[axes.row(of: point.y)][axes.column(of: point.x)] = .init(
          sign(index), front: colour(index))
      }
    }
    return cells
  }

  private func colour(_ index: Int) -> Colour { chart.colour(of: index) }

  private func sign(_ index: Int) -> Character {
    let signs = Array(screen.colours == .none ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "●■▲◆▼")
    return signs[index % signs.count]
  }
}
