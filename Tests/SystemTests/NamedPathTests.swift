import Foundation
import Testing

/// What the documents name is there.
struct NamedPathTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardized

  private static let documents: [String] =
    ["README.md", "CONTRIBUTING.md", "SECURITY.md", "scripts/reference/README.md"]
    + ["docs", "docs/guide"].flatMap { folder in
      let names =
        (try? FileManager.default.contentsOfDirectory(
          atPath: root.appending(path: folder).path)) ?? []
      return names.filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
    }

  /// Paths within the repository that stand between backticks.
  ///
  /// NAME and its like stand for what somebody is going to write.
  private static func paths(in text: String) throws -> [String] {
    let expression = try NSRegularExpression(
      pattern: #"`((?:Sources|Tests|scripts|sessions|docs)/[\w./+-]+)`"#)
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: $0.range(at: 1))
    }.filter { $0.range(of: #"[A-Z]{4,}(?!\w*\.md)|…"#, options: .regularExpression) == nil }
  }

  @Test(arguments: documents) func pathsAreThere(document: String) throws {
    let text = try String(contentsOf: Self.root.appending(path: document), encoding: .utf8)
    for path in try Self.paths(in: text) {
      let isThere = FileManager.default.fileExists(atPath: Self.root.appending(path: path).path)
      #expect(isThere, "\(document) names \(path)")
    }
  }

  @Test func pathsAreFound() throws {
    let text = "See `Sources/Shell/Shell.swift`, `Sources/Learning/Strategies/NAME.swift`, `x/y`."
    #expect(try Self.paths(in: text) == ["Sources/Shell/Shell.swift"])
  }
}
