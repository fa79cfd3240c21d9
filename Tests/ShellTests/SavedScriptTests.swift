import CommandLanguage
import Foundation
import Sessions
import Shell
import Testing

/// What `save script` writes reads back as the statements that were carried out.
struct SavedScriptTests {
  @Test func savedScriptParsesToTheSameStatements() throws {
    let folder = try TestFolder()
    var shell = TestShell()
    try shell.run(
      """
      let m = 3; let name = "it's \\"quoted\\" \\$x \\u{1F6D1}"
      load synthetic classes=4 per-class=$m test-per-class=2 size=16 as signs
      tasks signs size=2 order=[3, 0..2] as T
      for i in 1..2 { define model layers=[conv($m,3), relu, pool] size=16 as net_$i }
      if exists net_1 { print $name 'a''b' "$name" [$m, "$m"] a#b é }
      classes signs top=2 > '\(folder("a b.csv"))'
      transform signs normalize=on
      repeat 2 { print again }
      net_1
      time evaluate net_1 on=T.1
      save script \(folder("saved.way"))
      """)
    let journal = shell.context.session.journal.map(\.command).dropLast()
    let script = Script(try folder.text("saved.way"), name: "saved.way")
    #expect(script.errors == [])
    #expect(journal.count == 11)
    #expect(script.statements.map(\.description) == ["version 1"] + journal)
    // Statement by statement the same as the journal's lines, and right in an empty session.
    for (statement, line) in zip(script.statements.dropFirst(), journal) {
      #expect([statement] == Script(line, name: "journal").statements)
    }
    #expect(Registry.waymark.check(script, in: TestShell().context) == [])
  }
}
