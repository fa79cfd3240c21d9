import Metrics
import PlainText

extension Table {
  /// Aligned columns within a width; headings in bold when coloured.
  ///
  /// What does not fit gets short titles, then shorter texts and fewer decimals; where that does
  /// not suffice, the columns go into several blocks, each with the first column.
  public func text(width: Int = 80, coloured: Bool = false) -> String {
    let layouts = Layout.all.map { TextLayout(self, $0, width: width) }
    let layout = layouts.first(where: \.fits) ?? layouts[layouts.count - 1]
    return layout.blocks.map { layout.text(of: $0, coloured) }.joined(separator: "\n\n")
  }
}

/// How a table saves room.
private struct Layout {
  var hasShortTitles = false
  /// No number has more.
  var decimals = Int.max
  /// No text is cut to less.
  var shortestText = Int.max

  static let all = [
    Layout(), Layout(hasShortTitles: true),
    Layout(hasShortTitles: true, shortestText: 24),
    Layout(hasShortTitles: true, decimals: 1, shortestText: 24),
    Layout(hasShortTitles: true, decimals: 1, shortestText: 12),
    Layout(hasShortTitles: true, decimals: 1, shortestText: 8),
    Layout(shortestText: 12),
  ]
}

/// A table on its way into a width.
private struct TextLayout {
  let table: Table
  let layout: Layout
  let width: Int
  let isNumeric: [Bool]
  /// Of each column.
  let widths: [Int]

  private static let gap = "  "

  init(_ table: Table, _ layout: Layout, width: Int) {
    self.table = table
    self.layout = layout
    self.width = width
    isNumeric = table.columns.indices.map { column in
      let cells = table.rows.map { table.cell($0, column) }.filter { $0 != .missing }
      return !cells.isEmpty && cells.allSatisfy(\.isNumber)
    }
    let natural = table.columns.indices.map { column in
      table.rows.reduce(displayWidth(layout.title(table.columns[column]))) {
        max($0, displayWidth(layout.shown(table.cell($1, column))))
      }
    }
    widths = Self.narrowed(natural, isNumeric, layout, width)
  }

  /// The widest texts give way until all fits or none can.
  private static func narrowed(
    _ natural: [Int], _ isNumeric: [Bool], _ layout: Layout, _ width: Int
  ) -> [Int] {
    var widths = natural
    let texts = widths.indices.filter { !isNumeric[$0] }
    while total(widths) > width {
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }),
        widths[widest] > layout.shortestText
      else { return widths.map { min($0, max(1, width)) } }
      widths[widest] -= 1
    }
    return widths
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap.count * max(0, widths.count - 1)
  }

  var fits: Bool { Self.total(widths) <= width }

  /// The columns of each block.
  var blocks: [[Int]] {
    var blocks: [[Int]] = [[]]
    var used = 0
    for column in table.columns.indices {
      let isNarrowest = blocks[blocks.count - 1].count <= (blocks.count > 1 ? 1 : 0)
      if used + widths[column] > width, !isNarrowest {
        blocks.append([0])
        used = widths[0] + Self.gap.count
      }
      blocks[blocks.count - 1].append(column)
      used += widths[column] + Self.gap.count
    }
    return blocks
  }

  /// Whether different texts of a column would look alike when their ends are cut off.
  private func needsEnds(_ column: Int) -> Bool {
    let texts = Set(table.rows.map { layout.shown(table.cell($0, column)) })
    return Set(texts.map { $0.fitted(to: widths[column]) }).count < texts.count
  }

  func text(of columns: [Int], _ coloured: Bool) -> String {
    let needsEnds = columns.map(needsEnds)
    func line(_ texts: [String]) -> String {
      let cells = zip(zip(columns, needsEnds), texts).map { place, text in
        let (column, needsEnds) = place
        let width = widths[column]
        let text = needsEnds ? text.fittedAtBothEnds(to: width) : text.fitted(to: width)
        return isNumeric[column]
          ? text.indented(to: widths[column]) : text.padded(to: widths[column])
      }
      return String(cells.joined(separator: Self.gap).reversed().drop { $0 == " " }.reversed())
    }
    let head = line(columns.map { layout.title(table.columns[$0]) })
    let rows = table.rows.map { row in line(columns.map { layout.shown(table.cell(row, $0)) }) }
    return ([coloured ? "\u{1B}[1m\(head)\u{1B}[0m" : head] + rows).joined(separator: "\n")
  }
}

extension Layout {
  func title(_ column: Table.Column) -> String {
    (hasShortTitles ? column.shortTitle : column.title).withoutControls
  }

  func shown(_ cell: Table.Cell) -> String {
    if case .number(let number, let places) = cell, places > decimals {
      return Table.Cell.number(number, decimals: decimals).shown
    }
    return cell.shown
  }
}

extension Table.Cell {
  /// As people read it.
  var shown: String {
    switch self {
    case .text(let text): text.withoutControls
    case .integer(let integer): String(integer)
    case .count(let count): grouped(count)
    case .number(let number, let decimals):
      number.isFinite ? fixed(number, decimals) : "-"
    case .significant(let number, let digits):
      number.isFinite ? PlainText.significant(number, digits) : "-"
    case .spread(let spread, let decimals):
      Table.Cell.number(spread.mean, decimals: decimals).shown
        + (spread.standardDeviation.map { " ± " + Table.Cell.number($0, decimals: decimals).shown }
          ?? "")
    case .flag(let flag): flag ? "on" : "off"
    case .missing: "-"
    case .starred(let cell): cell.shown + "*"
    }
  }
}
