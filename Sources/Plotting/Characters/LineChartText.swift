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
  private let xRange: ClosedRange<Double>
  private let yRange: ClosedRange<Double>
  private let yTicks: [(row: Int, label: String)]
  private let labelWidth: Int
  /// Of the plot itself, in characters.
  private let width: Int
  private let height: Int

  init(_ chart: LineChart, _ screen: TerminalScreen) {
    self.chart = chart
    self.screen = screen
    let points = chart.series.flatMap(\.finitePoints)
    xRange = chart.xRange
    let low = points.map(\.y).min() ?? 0
    let high = points.map(\.y).max() ?? 1
    let wanted = chart.yRange ?? low...high
    yRange =
      wanted.upperBound > wanted.lowerBound
      ? wanted : wanted.lowerBound - 1...wanted.upperBound + 1
    height = min(22, max(8, screen.rows - 8))
    let ticks = LineChart.roundTicks(in: yRange, atMost: max(3, height / 3))
    let decimals = Self.decimals(of: ticks)
    let (range, rows) = (yRange, height)
    yTicks = ticks.map { value in
      (Self.row(of: value, in: range, rows), fixed(value, decimals))
    }
    labelWidth = yTicks.map(\.label.count).max() ?? 0
    width = max(10, min(100, screen.columns - labelWidth - 3))
  }

  /// As many as tell the ticks apart.
  private static func decimals(of ticks: [Double]) -> Int {
    (0...6).first { decimals in
      Set(ticks.map { fixed($0, decimals) }).count == ticks.count
        && ticks.allSatisfy {
          abs(($0 * pow(10, Double(decimals))).rounded() - $0 * pow(10, Double(decimals))) < 1e-6
        }
    } ?? 6
  }

  private static func row(of value: Double, in range: ClosedRange<Double>, _ rows: Int) -> Int {
    Int(((1 - range.share(of: value)) * Double(rows - 1)).rounded())
  }

  private func column(of x: Double) -> Int {
    Int((xRange.share(of: x) * Double(width - 1)).rounded())
  }

  var picture: CharacterPicture {
    var picture = CharacterPicture()
    for heading in [chart.title ?? "", chart.yLabel] where !heading.isEmpty {
      picture.add(heading.withoutControls.fitted(to: screen.columns))
    }
    for (row, cells) in cells().enumerated() {
      let tick = yTicks.first { $0.row == row }
      let label = (tick?.label ?? "").indented(to: labelWidth)
      picture.add(.text("\(label) \(tick == nil ? "│" : "┤")", front: nil) + cells)
    }
    addXAxis(to: &picture)
    addLegend(to: &picture)
    return picture
  }

  // MARK: The plot

  private func cells() -> [[CharacterPicture.Cell]] {
    var cells = Array(
      repeating: Array(repeating: CharacterPicture.Cell(" "), count: width), count: height)
    for border in chart.borders(columns: width) {
      let column = column(of: border.x)
      for row in 0..<height { cells[row][column] = .init("┊") }
      for (offset, letter) in (border.label ?? "").enumerated() where column + 2 + offset < width {
        cells[0][column + 2 + offset] = .init(letter)
      }
    }
    for (index, series) in chart.drawn {
      var dots = DotGrid(columns: width, rows: height)
      var last: (x: Int, y: Int)?
      for point in chart.curve(of: series).thinned(to: 4 * width).points {
        guard point.isFinite else {
          last = nil
          continue
        }
        let place = (
          x: Int((xRange.share(of: point.x) * Double(2 * width - 1)).rounded()),
          y: Int(((1 - yRange.share(of: point.y)) * Double(4 * height - 1)).rounded())
        )
        dots.draw(from: last ?? place, to: place)
        last = place
      }
      for row in 0..<height {
        for column in 0..<width {
          guard let character = dots.character(column, row) else { continue }
          cells[row][column] = .init(character, front: colour(index))
        }
      }
    }
    // Signs on top of all curves.
    for (index, series) in chart.drawn where series.points.count <= 40 && chart.smoothing == 0 {
      for point in series.finitePoints {
        cells[Self.row(of: point.y, in: yRange, height)][column(of: point.x)] = .init(
          sign(index), front: colour(index))
      }
    }
    return cells
  }

  private func colour(_ index: Int) -> Colour { Palette.colour(chart.colouring(of: index)) }

  private func sign(_ index: Int) -> Character {
    let signs = Array(screen.colours == .none ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "●■▲◆▼")
    return signs[index % signs.count]
  }

  // MARK: Below it

  private func addXAxis(to picture: inout CharacterPicture) {
    let ticks = chart.ticks ?? LineChart.roundTicks(in: xRange, atMost: max(2, width / 10))
    let decimals = Self.decimals(of: ticks)
    var line = Array(repeating: Character("─"), count: width)
    var labels = ""
    for tick in ticks {
      let column = column(of: tick)
      line[column] = "┬"
      let label = fixed(tick, decimals)
      let start = max(0, min(column - label.count / 2, width - label.count))
      if start > labels.count || labels.isEmpty { labels = labels.padded(to: start) + label }
    }
    let margin = String(repeating: " ", count: labelWidth + 1)
    picture.add(margin + "└" + String(line))
    picture.add(margin + " " + labels)
    if !chart.xLabel.isEmpty {
      let label = chart.xLabel.withoutControls.fitted(to: width)
      let indentation = labelWidth + 2 + max(0, (width - displayWidth(label)) / 2)
      picture.add(String(repeating: " ", count: indentation) + label)
    }
  }

  /// The curves' names, on as many lines as they need.
  private func addLegend(to picture: inout CharacterPicture) {
    let limit = screen.columns - 1
    var line: [CharacterPicture.Cell] = []
    var used = 0
    for (index, series) in chart.drawn {
      let name = series.name.withoutControls.fitted(to: max(4, min(28, limit - 8)))
      if used > 0, used + displayWidth(name) + 6 > limit {
        picture.add(line)
        line = []
        used = 0
      }
      line += .text("  ") + [.init(sign(index), front: colour(index))] + .text(" \(name)")
      used += displayWidth(name) + 4
    }
    if !line.isEmpty { picture.add(line) }
  }
}

/// Dots of two columns and four rows to the character (Unicode's braille patterns).
private struct DotGrid {
  private let columns: Int
  private let rows: Int
  private var patterns: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    patterns = Array(repeating: 0, count: columns * rows)
  }

  /// The bit of each dot, [row][column].
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// A straight line with both ends; what is outside is left out.
  mutating func draw(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y))
    for step in 0...steps {
      let share = steps == 0 ? 0 : Double(step) / Double(steps)
      let x = start.x + Int((Double(end.x - start.x) * share).rounded())
      let y = start.y + Int((Double(end.y - start.y) * share).rounded())
      guard (0..<2 * columns).contains(x), (0..<4 * rows).contains(y) else { continue }
      patterns[y / 4 * columns + x / 2] |= Self.bits[y % 4][x % 2]
    }
  }

  /// nil where there is no dot.
  func character(_ column: Int, _ row: Int) -> Character? {
    let pattern = patterns[row * columns + column]
    guard pattern != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(pattern)) else { return nil }
    return Character(scalar)
  }
}
