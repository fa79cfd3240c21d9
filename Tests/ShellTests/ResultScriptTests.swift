import CommandLanguage
import Foundation
import Shell
import Testing

/// The scripts that make docs/results.md, which take hours, are looked through before they run.
struct ResultScriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../sessions/results").standardized

  static let names: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".way") }.sorted()
  }()

  @Test func scriptsAreFound() { #expect(Self.names.contains("notebook.way")) }

  @Test(arguments: names)
  func scriptIsRightAndSavesItsSession(name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let shell = TestShell()
    #expect(Registry.waymark.check(Script(text, name: name), in: shell.context) == [])
    #expect(text.contains("save session \"$out.waymark\""))
    for value in ["data", "path", "seed", "out"] { #expect(text.contains("\nlet \(value) = ")) }
    for line in text.split(separator: "\n") where line.hasPrefix("# goal: ") {
      let words = line.split(separator: " ").dropFirst(2)
      #expect(words.count > 2 && Double(words.dropFirst().first ?? "") != nil, "\(line)")
      #expect(text.contains(" as \(words.first ?? "")"), "\(line)")
    }
  }
}
