import Foundation
import Testing

/// The folders of a target tell its story in one direction: no two of them use each other's types.
struct FolderArrowTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources").standardized

  /// Targets with folders, and pairs that are known to lean on each other.
  private static let targets: [(name: String, circles: Set<String>)] = [
    ("CommandLanguage", []), ("Datasets", []), ("Exchange", []), ("Inspection", []),
    ("Learning", []), ("Networks", []), ("Plotting", []),
    ("Sessions", []), ("Shell", []), ("Tensors", []), ("Tracking", []),
  ]

  /// Swift's text without comments and literals.
  private static func code(_ text: String) -> String {
    var text = text
    for (pattern, rest) in [
      (#""""[\s\S]*?""""#, "\"\""), (#""(\\.|[^"\\\n])*""#, "\"\""), (#"//[^\n]*"#, ""),
    ] {
      text = text.replacingOccurrences(of: pattern, with: rest, options: .regularExpression)
    }
    return text
  }

  private static func names(_ pattern: String, in text: String) -> [String] {
    guard
      let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
    else { return [] }
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: $0.range(at: 1))
    }
  }

  /// Pairs of folders that use types of each other. What lies in the target's own folder counts as a
  /// folder too.
  private static func circles(_ texts: [(folder: String, text: String)]) -> Set<String> {
    let declared =
      #"^(?:@\w+(?:\([^)]*\))? )*(?:public |package |final |indirect )*(?:struct|enum|class|protocol|typealias|actor) (\w+)"#
    var homes: [String: Set<String>] = [:]
    for (folder, text) in texts {
      for name in names(declared, in: text) { homes[name, default: []].insert(folder) }
    }
    var uses: [String: Set<String>] = [:]
    for (folder, text) in texts {
      // Parameters of generic types and functions, and nested types, are not the target's own types.
      let own = Set(
        names(#"<(\w+)[:,>]"#, in: text) + names(#"^ +[\w ]*(?:struct|enum|class) (\w+)"#, in: text)
      )
      for name in Set(names(#"\b([A-Z]\w+)\b"#, in: text)).subtracting(own) {
        guard let home = homes[name], home.count == 1, let other = home.first, other != folder
        else { continue }
        uses[folder, default: []].insert(other)
      }
    }
    var circles: Set<String> = []
    for (folder, others) in uses {
      for other in others where folder < other && uses[other]?.contains(folder) == true {
        circles.insert("\(folder) \(other)")
      }
    }
    return circles
  }

  private static func texts(of target: String) throws -> [(folder: String, text: String)] {
    let root = sources.appending(path: target)
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    return try (names ?? []).filter { $0.hasSuffix(".swift") }.map { name in
      let parts = name.split(separator: "/")
      return (
        parts.count > 1 ? String(parts[0]) : ".",
        code(try String(contentsOf: root.appending(path: name), encoding: .utf8))
      )
    }
  }

  @Test(arguments: targets.indices) func noTwoFoldersLeanOnEachOther(index: Int) throws {
    let (name, known) = Self.targets[index]
    let texts = try Self.texts(of: name)
    #expect(texts.count > 3)
    #expect(Self.circles(texts) == known)
  }

  @Test func circleIsFound() {
    let texts = [
      ("A", "struct One { var two: Two }"), ("B", "struct Two {}\nfunc f(_ one: One) {}"),
      ("C", "enum Three { case one(One) }"),
    ]
    #expect(Self.circles(texts) == ["A B"])
    #expect(Self.circles([texts[0], texts[2]]).isEmpty)
  }
}
