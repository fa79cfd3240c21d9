import CommandLanguage
import Foundation

/// The folder with the lessons' scripts: `01-signs.way` and so on.
struct LessonShelf {
  let folder: String

  struct Lesson: Hashable {
    let number: Int
    let path: String
    let walk: Walk
    /// Its title without the number: `Forgetting`.
    var title: String {
      walk.title.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? walk.title
    }
  }

  /// The first of `WAYMARK_LESSONS`, `sessions/lessons` below the working directory, and the
  /// folders that an installed or a built program has above it; nil if there is none.
  init?(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    program: String = Self.program
  ) {
    var candidates = [environment["WAYMARK_LESSONS"] ?? "", "sessions/lessons"]
    var place = URL(fileURLWithPath: program).deletingLastPathComponent()
    for _ in 0..<6 where place.path != "/" {
      candidates.append(place.appending(path: "share/waymark/lessons").path)
      candidates.append(place.appending(path: "sessions/lessons").path)
      place.deleteLastPathComponent()
    }
    let found = candidates.first { !$0.isEmpty && !Self.scripts(in: $0).isEmpty }
    guard let found else { return nil }
    folder = found
  }

  /// The path of the running program.
  static var program: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
  }

  /// File names that begin with two digits and end in `.way`, sorted.
  private static func scripts(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { name in
      name.hasSuffix(".way") && name.prefix(2).allSatisfy(\.isWholeNumber) && name.count > 6
    }.sorted()
  }

  func lessons() throws -> [Lesson] {
    try Self.scripts(in: folder).map { name in
      let path = folder + "/" + name
      return Lesson(
        number: Int(name.prefix(2)) ?? 0, path: path, walk: Walk(script: try ScriptFile.read(path)))
    }
  }
}
