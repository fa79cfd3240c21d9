import PlainText
import System

/// The axes of a plot of characters, which stand at its left and below it.
struct TextAxes {
  private let x: ClosedRange<Double>
  private let y: ClosedRange<Double>
  private let xTicks: [Double]
  private let yTicks: [(row: Int, label: String)]
  private let labelWidth: Int
  /// Of the plot itself, in characters.
  let width: Int
  let height: Int

  /// - Parameter xTicks: What is labelled along x; round values if nil.
  init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, xTicks: [Double]? = nil,
    on screen: TerminalScreen
  ) {
    self.x = x
    self.y = y
    height = min(22, max(8, screen.rows - 8))
    let ticks = LineChart.roundTicks(in: y, atMost: max(3, height / 3))
    let decimals = Self.decimals(of: ticks)
    let rows = height
    yTicks = ticks.map { (Self.row(of: $0, in: y, rows), groupedFixed($0, decimals)) }
    labelWidth = yTicks.map(\.label.count).max() ?? 0
    width = max(10, min(100, screen.columns - labelWidth - 3))
    self.xTicks = xTicks ?? LineChart.roundTicks(in: x, atMost: max(2, width / 10))
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

  func row(of value: Double) -> Int { Self.row(of: value, in: y, height) }

  func column(of value: Double) -> Int { Int((x.share(of: value) * Double(width - 1)).rounded()) }

  /// Of the two columns and four rows of dots that each character has.
  func dot(x: Double, y: Double) -> (x: Int, y: Int) {
    (
      Int((self.x.share(of: x) * Double(2 * width - 1)).rounded()),
      Int(((1 - self.y.share(of: y)) * Double(4 * height - 1)).rounded())
    )
  }

  /// [height][width]
  var emptyCells: [[CharacterPicture.Cell]] {
    Array(repeating: Array(repeating: CharacterPicture.Cell(" "), count: width), count: height)
  }

  /// The plot with its axes around it.
  func add(
    _ cells: [[CharacterPicture.Cell]], xLabel: String, to picture: inout CharacterPicture
  ) {
    for (row, cells) in cells.enumerated() {
      let tick = yTicks.first { $0.row == row }
      let label = (tick?.label ?? "").indented(to: labelWidth)
      picture.add(.text("\(label) \(tick == nil ? "│" : "┤")", front: nil) + cells)
    }
    let decimals = Self.decimals(of: xTicks)
    var line = Array(repeating: Character("─"), count: width)
    var labels = ""
    for tick in xTicks {
      let column = column(of: tick)
      line[column] = "┬"
      let label = groupedFixed(tick, decimals)
      let start = max(0, min(column - label.count / 2, width - label.count))
      if start > labels.count || labels.isEmpty { labels = labels.padded(to: start) + label }
    }
    let margin = String(repeating: " ", count: labelWidth + 1)
    picture.add(margin + "└" + String(line))
    picture.add(margin + " " + labels)
    if !xLabel.isEmpty {
      let label = xLabel.withoutControls.fitted(to: width)
      let indentation = labelWidth + 2 + max(0, (width - displayWidth(label)) / 2)
      picture.add(String(repeating: " ", count: indentation) + label)
    }
  }
}

extension CharacterPicture {
  /// A line for each heading that is not empty.
  mutating func add(headings: [String], within columns: Int) {
    for heading in headings where !heading.isEmpty {
      add(heading.withoutControls.fitted(to: columns))
    }
  }

  /// Signs with their names, on as many lines as they need.
  mutating func add(legend: [(sign: Cell, name: String)], within columns: Int) {
    let limit = columns - 1
    var line: [Cell] = []
    var used = 0
    for (sign, name) in legend {
      let name = name.withoutControls.fitted(to: max(4, min(28, limit - 8)))
      if used > 0, used + displayWidth(name) + 6 > limit {
        add(line)
        line = []
        used = 0
      }
      line += .text("  ") + [sign] + .text(" \(name)")
      used += displayWidth(name) + 4
    }
    if !line.isEmpty { add(line) }
  }
}
