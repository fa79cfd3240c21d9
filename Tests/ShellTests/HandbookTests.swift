import CommandLanguage
import Foundation
import Learning
import Shell
import Testing

/// `docs/commands.md` is what `manual` writes: after a change of a declaration, write it anew.
@Test func handbookIsUpToDate() throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/commands.md").standardized
  let written = try String(contentsOf: file, encoding: .utf8)
  #expect(
    written == Registry.waymark.handbook,
    "carry out: scripts/run -c 'manual > docs/commands.md'")
}

/// The page on strategies has a row for every one.
@Test func everyStrategyIsInItsPage() throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/strategies.md").standardized
  let page = try String(contentsOf: file, encoding: .utf8)
  for strategy in Strategies.all {
    #expect(page.contains("| `\(strategy.description.name)` |"))
  }
}
