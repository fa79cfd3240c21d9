import CommandLanguage
import Foundation
import Sessions
import Shell
import Testing

/// Documents of a session: HTML, Markdown, notebooks.
struct ReportTests {
  static let preparation = """
    set seed=4
    print "A small experiment"
    load synthetic classes=4 per-class=6 test-per-class=4 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net
    run finetune net on=T epochs=1 as ft
    print "What came of it, in a sentence that is longer than any heading would ever want to be."
    compare ft
    matrix ft
    """
  static let pictures = """
    show batch signs n=4 labels=on
    plot accuracy ft
    plot matrix ft
    plot classes signs
    plot loss ft
    """

  private let folder: TestFolder
  private var shell: TestShell

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(after: Self.preparation)
  }

  private mutating func html(_ more: String = "") throws -> String {
    try shell.run("\(more)\nsave report \(folder("r.html"))")
    return try folder.text("r.html")
  }

  @Test mutating func pageHoldsWhatWasDone() throws {
    let page = try html()
    let journal = shell.context.session.journal.dropLast()
    for entry in journal where !entry.command.hasPrefix("print ") {
      #expect(page.contains("<code>\(entry.command)</code>"), "\(entry.command)")
    }
    #expect(page.contains("<h2>A small experiment</h2>"))
    #expect(page.contains("<p>What came of it"))
    #expect(page.contains("<th scope=\"col\">strategy</th>"))
    for name in ["signs", "net", "ft"] { #expect(page.contains(try shell.digest(name))) }
    #expect(page.contains("<td>seed</td><td>4</td>"))
    #expect(page.contains("prefers-color-scheme: dark"))
  }

  @Test mutating func pageFetchesAndRunsNothing() throws {
    let page = try html()
    for mark in ["<script", "<link", "http://", "https://", "@import", "src=", "onload"] {
      #expect(!page.contains(mark), "\(mark)")
    }
    #expect(page.contains("default-src 'none'"))
  }

  @Test mutating func textOfTheSessionIsTextOfThePage() throws {
    let text = "<script>alert(1)</script> & \\\"q\\\" \\u{1b}[31m ``` | *x* # <b>"
    try shell.run("print \"\(text)\"\nprint \"\(text) \(text)\"")
    let page = try html()
    #expect(!page.contains("<script>") && !page.contains("\u{1B}"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;q&quot;"))
    try shell.run("save report \(folder("r.md")) title=\"<b> *t* `c`\"")
    let markdown = try folder.text("r.md")
    #expect(markdown.hasPrefix("# \\<b\\> \\*t\\* \\`c\\`\n"))
    #expect(!markdown.contains("\u{1B}") && markdown.contains("\\<script\\>"))
  }

  @Test(.enabled(if: TestShell().context.hasGnuplot))
  mutating func picturesStandInThePage() throws {
    let page = try html(Self.pictures)
    #expect(page.components(separatedBy: "<svg ").count == 6)
    #expect(page.components(separatedBy: "<figure class=\"adapts\">").count == 5)
    #expect(!page.contains("No picture"))
    // Identifiers are each there once.
    let ids = page.components(separatedBy: " id=").dropFirst().map {
      $0.prefix { $0 != ">" && $0 != " " }
    }
    #expect(Set(ids).count == ids.count)
    // The only addresses are the names of SVG's own vocabulary, which nothing fetches.
    let rest = page.replacing("http://www.w3.org/2000/svg", with: "")
      .replacing("http://www.w3.org/1999/xlink", with: "")
    #expect(!rest.contains("://"))
  }

  @Test(.enabled(if: TestShell().context.hasGnuplot))
  mutating func markdownKeepsItsPicturesBesideIt() throws {
    try shell.run("\(Self.pictures)\nsave report \(folder("day.md"))")
    let text = try folder.text("day.md")
    let pictures = text.components(separatedBy: "](<").dropFirst().map { $0.prefix { $0 != ">" } }
    #expect(pictures.count == 5)
    for picture in pictures {
      #expect(picture.hasPrefix("day-pictures/"))
      #expect(FileManager.default.fileExists(atPath: folder(String(picture))))
    }
    #expect(text.contains("```waymark\ncompare ft\n```"))
    #expect(text.contains("| ft | finetune |"))
    #expect(text.contains("## A small experiment"))
  }

  @Test mutating func notebookIsWhole() throws {
    let more = shell.context.hasGnuplot ? Self.pictures : ""
    try shell.run("\(more)\nsave notebook \(folder("day.ipynb"))")
    let notebook = try folder.json("day.ipynb")
    #expect(notebook["nbformat"] as? Int == 4 && notebook["nbformat_minor"] as? Int == 5)
    let cells = try #require(notebook["cells"] as? [[String: Any]])
    let ids = cells.compactMap { $0["id"] as? String }
    #expect(ids.count == cells.count && Set(ids).count == ids.count)
    let sources = cells.compactMap { $0["source"] as? String }
    #expect(sources.contains("compare ft") && sources.contains("## A small experiment"))
    for cell in cells where cell["cell_type"] as? String == "code" {
      #expect(
        cell.keys.sorted() == [
          "cell_type", "execution_count", "id", "metadata", "outputs", "source",
        ])
      for output in try #require(cell["outputs"] as? [[String: Any]]) {
        let type = output["output_type"] as? String
        #expect(type == "stream" || type == "display_data")
        if let data = output["data"] as? [String: String], let picture = data["image/png"] {
          #expect(Data(base64Encoded: picture)?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
        }
      }
    }
  }

  /// The parts of a page, one for each command.
  private static func parts(_ page: String) -> [String] {
    page.components(separatedBy: "<h2>What is live")[0]
      .components(separatedBy: "<div class=\"command\">").dropFirst()
      .map { String($0.drop { $0 != "<" }) }
  }

  private func restoredPage(
    _ change: (inout TestShell) throws -> Void = { _ in }
  ) throws -> String {
    var later = TestShell()
    try later.run("restore session \(folder("s.waymark"))")
    try change(&later)
    try later.run("save report \(folder("later.html"))")
    return try folder.text("later.html")
  }

  @Test mutating func reportOfARestoredSessionIsTheSame() throws {
    let page = try html(shell.context.hasGnuplot ? Self.pictures : "")
    try shell.run("save session \(folder("s.waymark"))")
    let later = try restoredPage()
    #expect(Self.parts(page).count > 5)
    // What is set is told as a text; all else has its table and its figure.
    for part in Self.parts(page) where !part.contains("<code>set ") {
      let isThere = later.contains(part)
      #expect(isThere, "\(part.prefix(2000))")
    }
    #expect(later.contains("<h2>A small experiment</h2>"))
    #expect(!later.contains("As it is now"))
  }

  @Test mutating func reportOfARestoredSessionTellsWhatWasSeenThen() throws {
    try shell.run(
      "begin finetune net on=T epochs=1 as two; step two; compare two; step two; compare two; "
        + "save session \(folder("s.waymark"))")
    let page = try restoredPage()
    #expect(page.contains("two: finetune, 0/2 tasks"))
    #expect(page.contains("two: finetune, 1/2 tasks"))
    #expect(page.contains("two: finetune, 2/2 tasks"))
    // The first comparison has one column only, which no run shows any more.
    let early = Self.parts(page).first { $0.contains("<code>compare two</code>") } ?? ""
    #expect(early.contains("<pre>run"), "\(early)")
  }

  @Test mutating func journalsWithoutTextsGiveWhatIsThereNow() throws {
    for index in shell.context.session.journal.indices {
      shell.context.session.journal[index].details.output = ""
    }
    try shell.run("save session \(folder("s.waymark"))")
    let page = try restoredPage()
    #expect(page.contains("As it is now"))
    #expect(page.contains("ft: finetune, 2/2 tasks"))
    #expect(page.contains("<th scope=\"col\">strategy</th>"))
  }

  @Test mutating func aReportIsNoPictureWithoutAnEnding() throws {
    let text = shell.error(of: "save report \(folder("r.doc"))")?.text() ?? ""
    #expect(text.contains("ends neither in .html nor in .md"))
    #expect(try folder.names().isEmpty)
  }

  @Test(arguments: ["compare ft", "matrix ft", "objects", "strategies", "summary net"])
  mutating func tablesBecomePages(command: String) throws {
    try shell.run("\(command) > \(folder("t.html"))")
    let page = try folder.text("t.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<table>") || page.contains("<pre>"))
  }

  @Test(
    .enabled(if: TestShell().context.hasGnuplot),
    arguments: ["plot accuracy ft", "show image signs 3"])
  mutating func picturesBecomePages(command: String) throws {
    try shell.run("\(command) > \(folder("t.html"))")
    #expect(try folder.text("t.html").contains("<svg role=\"img\""))
  }
}
