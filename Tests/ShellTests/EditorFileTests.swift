import CommandLanguage
import Foundation
import Shell
import Testing

/// The files under `editors/` against the declarations; `scripts/editors` writes them.
struct EditorFileTests {
  private static let editors = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "editors")

  private static func object(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: editors.appending(path: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private static func words() throws -> [String: [String]] {
    try #require(try object("pygments/waymark_lexer/words.json") as? [String: [String]])
  }

  @Test func wordsAreThoseOfTheDeclarations() throws {
    let folder = try TestFolder()
    var shell = TestShell()
    try shell.run("manual > '\(folder("words.json"))'")
    let told = try JSONSerialization.jsonObject(with: Data(folder.text("words.json").utf8))
    let record = try #require(told as? [String: Any])
    let words = try Self.words()
    #expect(Set(words.keys).isSubset(of: record.keys) && words.count == 8)
    for (kind, known) in words {
      #expect(record[kind] as? [String] == known, "\(kind): run scripts/editors")
    }
    #expect(words["verbs"]?.contains("plot accuracy") ?? false)
    #expect(words["options"]?.contains("temperature") ?? false)
    #expect(words["functions"]?.contains("accuracy") ?? false)
    #expect(words["choices"]?.contains("rehearsal-kd") ?? false)
  }

  /// Every word stands in one of the grammar's patterns.
  @Test func grammarHasTheSameWords() throws {
    let grammar = try Self.object("vscode/syntaxes/waymark.tmLanguage.json")
    var patterns: [String] = []
    func collect(_ value: Any) {
      if let fields = value as? [String: Any] {
        for (key, inner) in fields {
          if key == "match", let pattern = inner as? String { patterns.append(pattern) }
          collect(inner)
        }
      } else if let elements = value as? [Any] {
        elements.forEach(collect)
      }
    }
    collect(grammar)
    #expect(patterns.count > 15)
    let alternatives = Set(
      patterns.flatMap {
        $0.split(whereSeparator: { "|()".contains($0) }).map { String($0.trimmingPrefix("?:")) }
      })
    for (kind, known) in try Self.words() {
      let missing = known.filter { word in
        let written = word.replacing("-", with: "\\-").split(separator: " ")
          .joined(separator: "[ \\t]+")
        return !alternatives.contains(written) && !alternatives.contains(word)
      }
      #expect(missing == [], "\(kind): run scripts/editors")
    }
  }
}
