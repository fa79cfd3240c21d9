import CommandLanguage
import Foundation
import Metrics

extension Table {
  /// Aligned columns within a width; headings in bold when coloured.
  ///
  /// Texts are cut where that suffices; else the columns go into several blocks, each with the
  /// first column.
  public func text(width: Int = 80, coloured: Bool = false) -> String {
    let widths = fitting(width)
    var blocks: [[Int]] = [[]]
    var used = 0
    for column in columns.indices {
      let needed = widths[column] + Self.gap.count
      if used + widths[column] > width, blocks[blocks.count - 1].count > (blocks.count > 1 ? 1 : 0)
      {
        blocks.append([0])
        used = widths[0] + Self.gap.count
      }
      blocks[blocks.count - 1].append(column)
      used += needed
    }
    return blocks.map { block($0, widths, coloured) }.joined(separator: "\n\n")
  }

  private static let gap = "  "

  private func block(_ columns: [Int], _ widths: [Int], _ coloured: Bool) -> String {
    func line(_ texts: [String]) -> String {
      let cells = zip(columns, texts).map { column, text in
        let text = text.fitted(to: widths[column])
        let padding = String(repeating: " ", count: widths[column] - displayWidth(text))
        return isNumeric(column) ? padding + text : text + padding
      }
      return String(cells.joined(separator: Self.gap).reversed().drop { $0 == " " }.reversed())
    }
    let head = line(columns.map { self.columns[$0].title.withoutControls })
    let rows = rows.map { row in line(columns.map { cell(row, $0).shown }) }
    return ([coloured ? "\u{1B}[1m\(head)\u{1B}[0m" : head] + rows).joined(separator: "\n")
  }

  /// Whether a column holds numbers and nothing else but gaps.
  private func isNumeric(_ column: Int) -> Bool {
    let cells = rows.map { cell($0, column) }.filter { $0 != .missing }
    return !cells.isEmpty && cells.allSatisfy(\.isNumber)
  }

  /// Natural widths, with the widest texts narrowed until all fits or none can give way.
  private func fitting(_ width: Int) -> [Int] {
    var widths = columns.indices.map { column in
      rows.reduce(displayWidth(columns[column].title.withoutControls)) {
        max($0, displayWidth(cell($1, column).shown))
      }
    }
    let texts = columns.indices.filter { !isNumeric($0) }
    while widths.reduce(0, +) + Self.gap.count * (widths.count - 1) > width {
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }), widths[widest] > 12 else {
        return widths.map { min($0, max(1, width)) }
      }
      widths[widest] -= 1
    }
    return widths
  }
}

extension Table.Cell {
  /// As people read it.
  var shown: String {
    switch self {
    case .text(let text): text.withoutControls
    case .integer(let integer): String(integer)
    case .number(let number, let decimals):
      number.isFinite ? String(format: "%.*f", decimals, number) : "-"
    case .spread(let spread, let decimals):
      Table.Cell.number(spread.mean, decimals: decimals).shown
        + (spread.deviation.map { " ± " + Table.Cell.number($0, decimals: decimals).shown } ?? "")
    case .flag(let flag): flag ? "on" : "off"
    case .missing: "-"
    }
  }
}
