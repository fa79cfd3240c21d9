import CommandLanguage
import Metrics
import PlainText

extension Table {
  /// Comma-separated values with a line of keys (RFC 4180, lines ended by LF). A text that a
  /// spreadsheet would take for a formula has an apostrophe in front.
  public var csv: String {
    let lines =
      [columns.map { $0.key.forSpreadsheet.csvField }]
      + rows.map { row in columns.indices.map { cell(row, $0).plain.csvField } }
    return lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// A pipe table of GitHub Flavored Markdown; nothing in its cells is markup.
  public var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    let marks = columns.indices.map { column in
      rows.contains { cell($0, column).isNumber } ? "--:" : ":--"
    }
    return line(columns.map(\.title.asMarkdown)) + line(marks)
      + rows.map { row in line(columns.indices.map { cell(row, $0).shown.asMarkdown }) }.joined()
  }

  /// An array with an object a row, by the columns' keys.
  public var json: String {
    let objects = rows.map { row in
      jsonObject(columns.indices.map { (columns[$0].key, cell(row, $0).json) })
    }
    return "[" + objects.joined(separator: ",") + "]"
  }
}

extension Table.Cell {
  /// As other programs read it: all digits, and nothing where there is nothing.
  fileprivate var plain: String {
    switch self {
    case .text(let text): text.forSpreadsheet
    case .integer(let integer), .count(let integer): String(integer)
    case .number(let number, _), .significant(let number, _): number.isFinite ? "\(number)" : ""
    case .spread(let spread, _): spread.mean.isFinite ? "\(spread.mean)" : ""
    case .flag(let flag): flag ? "true" : "false"
    case .missing: ""
    case .starred(let cell): cell.plain
    }
  }

  fileprivate var json: String {
    switch self {
    case .text(let text): jsonText(text)
    case .number(let number, _) where !number.isFinite: "null"
    case .significant(let number, _) where !number.isFinite: "null"
    case .spread(let spread, _) where !spread.mean.isFinite: "null"
    case .missing: "null"
    case .starred(let cell): cell.json
    case .integer, .count, .number, .significant, .spread, .flag: plain
    }
  }
}
