import CommandLanguage
import PlainText
import Plotting

/// One self-contained HTML page: no scripts, nothing to be fetched, in light and dark.
struct WebPage {
  let title: String
  private(set) var body = ""
  private(set) var pictures = 0

  mutating func add(heading: String, level: Int = 2) {
    body += "<h\(level)>\(heading.markup)</h\(level)>\n"
  }

  mutating func add(paragraph: String, class name: String? = nil) {
    let attribute = name.map { " class=\"\($0)\"" } ?? ""
    body += "<p\(attribute)>\(paragraph.markup)</p>\n"
  }

  /// A statement as it was typed.
  mutating func add(command: String, number: Int? = nil, note: String = "") {
    let label = number.map { "<span class=\"number\">\($0)</span>" } ?? ""
    let aside = note.isEmpty ? "" : "<span class=\"note\">\(note.markup)</span>"
    body += "<div class=\"command\">\(label)<code>\(command.markup)</code>\(aside)</div>\n"
  }

  /// Lines whose blanks count.
  mutating func add(lines: [String]) {
    let text = lines.joined(separator: "\n")
    if !text.isEmpty { body += "<pre>\(text.markup)</pre>\n" }
  }

  mutating func add(_ table: Table) {
    func row(_ cells: [Table.Cell], head: Bool = false) -> String {
      table.columns.indices.map { column in
        let cell = table.cell(cells, column)
        let attribute = cell.isNumber || cell == .missing ? " class=\"figure\"" : ""
        return "<td\(attribute)>\(cell.shown.markup)</td>"
      }.joined()
    }
    let heads = table.columns.indices.map { column in
      let isNumeric = table.rows.contains { table.cell($0, column).isNumber }
      return "<th scope=\"col\"\(isNumeric ? " class=\"figure\"" : "")>"
        + "\(table.columns[column].title.markup)</th>"
    }.joined()
    let rows = table.rows.map { "<tr>\(row($0))</tr>\n" }.joined()
    body += """
      <div class="wide"><table><thead><tr>\(heads)</tr></thead><tbody>
      \(rows)</tbody></table></div>

      """
  }

  mutating func add(_ picture: VectorPicture) {
    body += "<figure\(picture.adapts ? " class=\"adapts\"" : "")>\(picture.element)</figure>\n"
  }

  /// A name for the next picture's identifiers.
  mutating func pictureName() -> String {
    pictures += 1
    return "p\(pictures)"
  }

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <meta name="generator" content="Waymark \(Program.version)">
    <title>\(title.markup)</title>
    <style>
    \(WebPage.style)
    @media screen and (prefers-color-scheme: dark) {
    \(VectorPicture.darkRules)
    }
    </style>
    </head>
    <body>
    <main>
    <h1>\(title.markup)</h1>
    \(body)</main>
    </body>
    </html>

    """
  }

  private static let style = """
    :root { --ground: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d8dee4; --code: #f5f7f9;
      --accent: #0072b2 }
    @media screen and (prefers-color-scheme: dark) {
      :root { --ground: #1b1e23; --ink: #e2e2e2; --soft: #9aa2ab; --line: #3c4048; --code: #25292f;
        --accent: #56b4e9 }
    }
    * { box-sizing: border-box }
    body { margin: 0; background: var(--ground); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif }
    main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem }
    h1 { font-size: 1.7rem; margin: 0.5rem 0 1rem }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 0.75rem; padding-top: 0.75rem;
      border-top: 1px solid var(--line) }
    p { margin: 0.5rem 0 }
    .soft, .note { color: var(--soft); font-size: 0.875rem }
    .command { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.75rem;
      margin: 1.75rem 0 0.5rem; padding: 0.45rem 0.75rem; background: var(--code);
      border-left: 3px solid var(--accent); border-radius: 0 4px 4px 0 }
    .command code { flex: 1 1 20rem; white-space: pre-wrap; overflow-wrap: anywhere }
    .number { color: var(--soft); font-size: 0.8rem; min-width: 1.4rem; text-align: right }
    code, pre { font: 0.875rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace }
    pre { margin: 0.5rem 0; overflow-x: auto }
    .wide { overflow-x: auto; margin: 0.5rem 0 }
    table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums }
    th, td { text-align: left; padding: 0.2rem 0.9rem 0.2rem 0; vertical-align: top }
    th { border-bottom: 1px solid var(--line); font-weight: 600; white-space: nowrap }
    td.figure, th.figure { text-align: right; white-space: nowrap }
    td { overflow-wrap: break-word }
    figure { margin: 0.75rem 0; padding: 0.75rem; border: 1px solid var(--line);
      border-radius: 6px; background: #ffffff; color: #222222; width: fit-content; max-width: 100% }
    figure.adapts { background: var(--ground) }
    figure svg { display: block; max-width: 100%; height: auto }
    @page { size: A4; margin: 15mm }
    @media print {
      body { font-size: 12px }
      main { max-width: none; padding: 0 }
      h1, h2, .command { break-after: avoid }
      figure, tr { break-inside: avoid }
      figure { padding: 0; border: none }
      figure svg { width: auto; max-height: 24cm }
      pre { white-space: pre-wrap; overflow-wrap: anywhere }
      .wide { overflow: visible }
      .wide th, .wide td { white-space: normal; overflow-wrap: anywhere; padding-right: 0.5em }
      table { font-size: 0.85em }
    }
    """
}

extension String {
  /// As text of the page, without control characters.
  var markup: String { withoutControlsButLines.escapedForMarkup }
}

extension CommandOutput {
  /// A page of its own, for `> FILE.html`.
  ///
  /// - Parameter draw: Draws a figure, whose identifiers begin with the given name.
  func page(title: String, draw: (Figure, String) throws -> VectorPicture) throws -> String {
    var page = WebPage(title: title)
    if let figure { page.add(try draw(figure, page.pictureName())) }
    page.add(lines: lines)
    if let table, !table.rows.isEmpty { page.add(table) }
    page.add(lines: notes)
    return page.text
  }
}
