import Foundation
import Testing

/// That nothing but `Files` opens files for writing, changes folders or starts programs: what would
/// pass by the gate.
struct SourceTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources").standardized

  /// Swift files by their path within `Sources`; the benchmarks are no part of the program.
  private static let texts: [String: String] = {
    var texts: [String: String] = [:]
    let names = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String }
    for name in names ?? []
    where name.hasSuffix(".swift") && !name.hasPrefix("Files/") && !name.hasPrefix("Benchmarks/") {
      texts[name] = try? String(contentsOf: sources.appending(path: name), encoding: .utf8)
    }
    return texts
  }()

  /// Calls that change something on disk or start something; those of `FileGate` end differently.
  private static let forbidden = [
    #"(?<![.\w])(?<!func )(fopen|creat|openat|rename|renameat|unlink|unlinkat|link|linkat|symlink|mkdir|rmdir|mkdtemp|mkstemp|truncate|chmod|mknod|mkfifo)\("#,
    #"(?<![.\w])(?<!case )(popen|system|posix_spawnp?|fork|vfork|execv|execvp|execve|execl|execlp)\("#,
    #"(?<!FileGate\.)\bopen\([^)]*O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)"#,
    #"FileManager\.default\s*\.(create|remove|move|copy|link|replace|set)\w*\("#,
    #"FileHandle\(for(Writing|Updating)"#, #"\.write\(\s*to(File)?:"#, #"\bOutputStream\("#,
    #"\bProcess\(\)"#, #"archive_write_open_filename"#, #"Data\(.*\)\.write\("#,
  ]

  /// Calls that are none of those, or are allowed: where, what, and why.
  private static let exceptions = [
    ("Sessions/SessionLock.swift", "fopen(\"/proc/locks\", \"re\")"),
    // This program itself, for another kernel of the BLAS; before any file is looked at.
    ("Tensors/BLASKernels.swift", "execv(\"/proc/self/exe\""),
  ]

  /// The lines of a text in which a pattern is found.
  private static func lines(_ pattern: String, in text: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern)
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: whole.lineRange(for: $0.range))
    }
  }

  @Test(arguments: forbidden)
  func onlyTheGateChangesAnything(pattern: String) throws {
    #expect(Self.texts.count > 300)
    for (name, text) in Self.texts {
      for line in try Self.lines(pattern, in: text) {
        let isKnown = Self.exceptions.contains { $0.0 == name && line.contains($0.1) }
        let isComment = line.drop { $0 == " " }.hasPrefix("//")
        #expect(isKnown || isComment, "\(name): \(line)")
      }
    }
  }

  @Test(arguments: [
    "  let f = fopen(path, \"w\")", "unlink(part)", "rename(a, b)", "open(path, O_RDWR | O_CREAT)",
    "let d = open(\n  path, O_WRONLY)", "FileManager.default.removeItem(atPath: path)",
    "try data.write(to: url)", "posix_spawnp(&pid, x)", "execvp(a, b)", "mkdir(path, 0o700)",
    "FileHandle(forWritingTo: url)",
  ])
  func suchCallsAreFound(call: String) throws {
    #expect(try Self.forbidden.contains { try !Self.lines($0, in: call).isEmpty })
  }
}
