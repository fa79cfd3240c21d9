import Metrics
import PlainText

/// What stands around a table in LaTeX.
package struct LaTeXFrame: Hashable, Sendable {
  /// With a caption or a label the table floats.
  package var caption: String?
  package var label: String?
  /// Whether it is a whole document, which compiles by itself.
  package var isDocument: Bool

  package init(caption: String? = nil, label: String? = nil, isDocument: Bool = false) {
    self.caption = caption
    self.label = label
    self.isDocument = isDocument
  }
}

extension Table {
  /// A table with the rules of booktabs, without vertical lines; the best of a column in bold.
  ///
  /// - Parameters:
  ///   - command: That made it: the file says so in a comment.
  ///   - notes: What is to be said of the numbers, such as what a star means.
  package func latex(
    madeBy command: String, notes: [String] = [], _ frame: LaTeXFrame = LaTeXFrame()
  ) -> String {
    LaTeXTable(self, notes, frame).text(madeBy: command)
  }
}

/// A table on its way to LaTeX.
private struct LaTeXTable {
  private let table: Table
  private let notes: [String]
  private let frame: LaTeXFrame
  private let columns: [LaTeXColumn]

  /// More rows than a page has go over several.
  private var isLong: Bool { table.rows.count > 50 }
  private var floats: Bool { !isLong && (frame.caption != nil || frame.label != nil) }

  init(_ table: Table, _ notes: [String], _ frame: LaTeXFrame) {
    self.table = table
    self.notes = notes.map(\.withoutControls)
    self.frame = frame
    columns = table.columns.indices.map { LaTeXColumn(table, $0) }
  }

  func text(madeBy command: String) -> String {
    let packages = ["booktabs"] + (isLong ? ["longtable"] : []) + (isShrunk ? ["graphicx"] : [])
    var lines = [
      "% \(command.withoutControls)",
      "% Waymark \(Program.version); packages: \(packages.joined(separator: ", "))",
    ]
    if columns.contains(where: { !$0.bestRows.isEmpty }) {
      lines.append("% bold: the best of a column; what chance does to it, 'compare test=' says")
    }
    lines += notes.map { "% \($0)" }
    let body = (heads + rows + caption).joined()
    if body.unicodeScalars.contains(where: { $0.value > 0x24F && $0.value != 0x1E9E }) {
      lines.append("% has letters that pdflatex does not know: use lualatex or xelatex")
    }
    if frame.isDocument {
      lines += ["\\documentclass{article}", "\\usepackage[margin=2cm]{geometry}"]
      lines += packages.map { "\\usepackage{\($0)}" }
      lines += ["\\begin{document}"]
      if !floats { lines += ["\\thispagestyle{empty}", "\\noindent"] }
    }
    if floats {
      lines += ["\\begin{table}", "\\centering", "\\setlength{\\belowcaptionskip}{6pt}"] + caption
    }
    lines += isLong ? longTable : fitted(tabular)
    if floats || frame.isDocument {
      lines += notes.map { "\\par\\smallskip\\noindent{\\footnotesize \($0.asTeX)\\par}" }
    }
    if floats { lines.append("\\end{table}") }
    if frame.isDocument { lines.append("\\end{document}") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var caption: [String] {
    (frame.caption.map { ["\\caption{\($0.asTeX)}"] } ?? [])
      + (frame.label.map { ["\\label{\($0.asLaTeXLabel)}"] } ?? [])
  }

  /// Whether it becomes as small as its page is wide: always in a document of its own, elsewhere where
  /// letters of ten points would hardly do.
  private var isShrunk: Bool {
    let width = columns.reduce(0) { $0 + $1.width + 2 }
    return !isLong && (frame.isDocument || width > Self.lineWidth)
  }

  /// More letters of ten points than a line of LaTeX's article has.
  private static let lineWidth = 90

  private func fitted(_ tabular: [String]) -> [String] {
    guard isShrunk else { return tabular }
    let width = "\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi"
    return ["\\resizebox{\(width)}{!}{%"] + tabular.dropLast() + [(tabular.last ?? "") + "}"]
  }

  /// Without the room at both sides, so that the rules end where the texts do.
  private var specification: String {
    "{@{}" + columns.map { $0.isNumeric ? "r" : "l" }.joined() + "@{}}"
  }

  private var tabular: [String] {
    ["\\begin{tabular}\(specification)", "\\toprule"] + heads + ["\\midrule"] + rows
      + ["\\bottomrule", "\\end{tabular}"]
  }

  private var longTable: [String] {
    ["\\begin{longtable}\(specification)"]
      + (caption.isEmpty ? [] : [caption.joined() + "\\\\"])
      + ["\\toprule"] + heads + ["\\midrule", "\\endhead", "\\bottomrule", "\\endfoot"] + rows
      + ["\\end{longtable}"]
  }

  private var heads: [String] {
    let line = columns.map(\.head).joined(separator: " & ") + " \\\\"
    let spans = groups
    guard spans.contains(where: { $0.name != nil }) else { return [line] }
    let over = spans.map { span in
      guard let name = span.name else { return "" }
      let unit = columns[span.range.lowerBound].unitInGroup
      return "\\multicolumn{\(span.range.count)}{c}{\(name.asTeX)\(unit)}"
    }
    let rules = spans.filter { $0.name != nil }.map {
      "\\cmidrule(lr){\($0.range.lowerBound + 1)-\($0.range.upperBound)}"
    }
    return [over.joined(separator: " & ") + " \\\\", rules.joined(separator: " "), line]
  }

  /// Neighbours of one group together, all others by themselves.
  private var groups: [(name: String?, range: Range<Int>)] {
    var groups: [(name: String?, range: Range<Int>)] = []
    for (index, column) in table.columns.enumerated() {
      if let name = column.group, let last = groups.last, last.name == name {
        groups[groups.count - 1].range = last.range.lowerBound..<index + 1
      } else {
        groups.append((column.group, index..<index + 1))
      }
    }
    return groups
  }

  private var rows: [String] {
    table.rows.indices.map { row in
      let cells = columns.map { $0.cell(row) }
      return cells.joined(separator: " & ").asBeginOfRow + " \\\\"
    }
  }
}

/// What the cells of a column share.
private struct LaTeXColumn {
  private let column: Table.Column
  private let cells: [Table.Cell]
  let isNumeric: Bool
  private(set) var bestRows: Set<Int> = []
  /// The longest of the deviations behind the means, all its digits zeros; nil if there are none.
  private let longestDeviation: String?

  init(_ table: Table, _ index: Int) {
    column = table.columns[index]
    cells = table.rows.map { table.cell($0, index) }
    let present = cells.filter { $0 != .missing }
    isNumeric = !present.isEmpty && present.allSatisfy(\.isNumber)
    longestDeviation = cells.compactMap(\.deviation).max { $0.count < $1.count }
      .map { String($0.map { $0.isNumber ? "0" : $0 }) }
    guard let best = column.best, isNumeric, present.count > 1 else { return }
    // What looks the same is as good.
    let means = cells.map { cell in cell.mean.flatMap { Double($0) } }
    let known = means.compactMap(\.self)
    guard let most = best == .highest ? known.max() : known.min(), Set(known).count > 1 else {
      return
    }
    bestRows = Set(means.indices.filter { means[$0] == most })
  }

  /// In letters, about.
  var width: Int {
    let head = column.title.count + (column.group == nil ? (column.unit ?? "").count + 2 : 0)
    return max(head, cells.map(\.shown.count).max() ?? 0)
  }

  var head: String {
    let title = column.title.asTeX
    let unit = column.group == nil ? self.unit : ""
    let arrow =
      switch column.group == nil ? column.best : nil {
      case .highest: " $\\uparrow$"
      case .lowest: " $\\downarrow$"
      case nil: ""
      }
    let head = isNumeric ? title + unit + arrow : title + unit
    // Over the middle of means and deviations.
    return longestDeviation == nil ? head : "\\multicolumn{1}{c}{\(head)}"
  }

  private var unit: String { column.unit.map { " (\($0.asTeX))" } ?? "" }

  /// What stands once over the whole group.
  var unitInGroup: String { unit }

  func cell(_ row: Int) -> String {
    let cell = cells[row]
    guard cell.isNumber, let mean = cell.mean else {
      return cell == .missing ? "--" : cell.shown.asTeX
    }
    var text = mean.asTeXNumber
    if let deviation = cell.deviation {
      let room = String(repeating: "0", count: (longestDeviation ?? "").count - deviation.count)
      text += " \\pm " + (room.isEmpty ? "" : "\\phantom{\(room)}") + deviation
    }
    if bestRows.contains(row) { text = "\\mathbf{\(text)}" }
    if case .starred = cell { text += "^{*}" }
    if cell.deviation == nil, let longestDeviation {
      // Means stand below each other.
      text += "\\phantom{{} \\pm \(longestDeviation)}"
    }
    return "$\(text)$"
  }
}

extension Table.Cell {
  /// The number without its deviation, as people read it; nil of what is none.
  fileprivate var mean: String? {
    switch self {
    case .spread(let spread, let decimals):
      Table.Cell.number(spread.mean, decimals: decimals).mean
    case .starred(let cell): cell.mean
    case .number, .significant, .integer, .count: shown == "-" ? nil : shown
    case .text, .flag, .missing: nil
    }
  }

  fileprivate var deviation: String? {
    switch self {
    case .spread(let spread, let decimals): spread.standardDeviation.map { fixed($0, decimals) }
    case .starred(let cell): cell.deviation
    default: nil
    }
  }
}

extension String {
  /// In mathematics: `26{,}640`, `4\cdot 10^{-9}`.
  fileprivate var asTeXNumber: String {
    let parts = split(separator: "e", maxSplits: 1).map(String.init)
    let digits = parts[0].replacing(",", with: "{,}")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return digits }
    return digits + " \\cdot 10^{\(exponent)}"
  }

  /// Without what ends a label.
  fileprivate var asLaTeXLabel: String {
    withoutControls.filter { !"{}\\%#~$^&".contains($0) }
  }

  /// Behind the end of a row LaTeX takes a bracket for a distance and a star for a command.
  fileprivate var asBeginOfRow: String {
    hasPrefix("[") || hasPrefix("*") ? "{}" + self : self
  }
}
