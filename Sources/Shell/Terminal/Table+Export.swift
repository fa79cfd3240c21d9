import CommandLanguage
import Metrics

extension Table {
  /// Comma-separated values with a line of keys (RFC 4180, lines ended by LF).
  public var csv: String {
    func quoted(_ text: String) -> String {
      text.contains { ",\"\r\n".contains($0) || $0 == "\r\n" }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
    let lines =
      [columns.map { quoted($0.key) }]
      + rows.map { row in columns.indices.map { quoted(cell(row, $0).plain) } }
    return lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// A pipe table of GitHub Flavored Markdown.
  public var markdown: String {
    func escaped(_ text: String) -> String {
      text.withoutControls.replacing("\\", with: "\\\\").replacing("|", with: "\\|")
        .replacing("<", with: "&lt;")
    }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    let marks = columns.indices.map { column in
      rows.contains { cell($0, column).isNumber } ? "--:" : ":--"
    }
    return line(columns.map { escaped($0.title) }) + line(marks)
      + rows.map { row in line(columns.indices.map { escaped(cell(row, $0).shown) }) }.joined()
  }

  /// An array with an object a row, by the columns' keys.
  public var json: String {
    let objects = rows.map { row in
      "{"
        + columns.indices.map { "\(jsonText(columns[$0].key)):\(cell(row, $0).json)" }
        .joined(separator: ",") + "}"
    }
    return "[" + objects.joined(separator: ",") + "]"
  }
}

extension Table.Cell {
  /// As other programs read it: all digits, and nothing where there is nothing.
  fileprivate var plain: String {
    switch self {
    case .text(let text): text
    case .integer(let integer): String(integer)
    case .number(let number, _): number.isFinite ? "\(number)" : ""
    case .spread(let spread, _): spread.mean.isFinite ? "\(spread.mean)" : ""
    case .flag(let flag): flag ? "true" : "false"
    case .missing: ""
    }
  }

  fileprivate var json: String {
    switch self {
    case .text(let text): jsonText(text)
    case .number(let number, _) where !number.isFinite: "null"
    case .spread(let spread, _) where !spread.mean.isFinite: "null"
    case .missing: "null"
    case .integer, .number, .spread, .flag: plain
    }
  }
}
