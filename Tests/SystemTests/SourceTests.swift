import Foundation
import Testing

/// That nothing but `System` opens files for writing, changes folders or starts programs: what would
/// pass by the gate. And that what `System` and `PlainText` do is done in one place.
struct SourceTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources").standardized

  /// Swift files by their path within `Sources`.
  private static let texts: [String: String] = {
    var texts: [String: String] = [:]
    let names = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String }
    for name in names ?? [] where name.hasSuffix(".swift") && !name.hasPrefix("System/") {
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
    ("Sessions/File/SessionLock.swift", "fopen(\"/proc/locks\", \"re\")"),
    // This program itself, for another kernel of the BLAS; before any file is looked at.
    ("Tensors/Kernels/Linear/OpenBLAS.swift", "execv(\"/proc/self/exe\""),
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
    // The benchmarks are not part of the program.
    for (name, text) in Self.texts where !name.hasPrefix("Benchmarks/") {
      for line in try Self.lines(pattern, in: text) {
        let isKnown = Self.exceptions.contains { $0.0 == name && line.contains($0.1) }
        #expect(isKnown || Self.isComment(line), "\(name): \(line)")
      }
    }
  }

  private static func isComment(_ line: String) -> Bool {
    line.drop { $0 == " " }.hasPrefix("//")
  }

  /// What one place does for all: its target, besides where else it may stand, and what it looks like.
  private static let homes: [(home: String, others: [String], pattern: String)] = [
    ("System", [], #"canImport\((Glibc|Musl)\)|import (Glibc|Musl|Darwin)\b"#),
    ("System", [], #"\bstrerror(_r)?\("#),
    ("System", [], #"\bposix_spawn"#),
    ("System", [], #"(?<![.\w])[lf]?stat\("#),
    ("System", ["Datasets/Download/PartFile.swift"], #"\b(fsync|fdatasync)\("#),
    ("System", [], #"\b(opendir|readdir|realpath|getcwd)\("#),
    (
      "System", [],
      #"(getenv\(|nvironment\[|Variable\()"(XDG_\w+|HOME|NO_COLOR|ACCESSIBLE|CLICOLOR_FORCE)"(?!\] =)"#
    ),
    ("System", [], #"\bTIOCGWINSZ\b"#),
    // Texts of the language itself have escapes of their own.
    (
      "PlainText", ["CommandLanguage/Grammar/Printing.swift"],
      #"\bgeneralCategory\b|\bisEmojiPresentation\b"#
    ),
    // A quotation mark, or `<`, written for another language.
    ("PlainText", [], ##"\\\\\\""|\\\\u00|&(lt|quot|amp);|#"\."'"\."#"##),
    ("PlainText", [], #"< 1e15 \?|replac\w+\("\\"", with: "\\"\\""\)"#),
    ("PlainText", [], #"func (grouped|counted|fixed|percentText|displayWidth|wrap|jsonText)\("#),
  ]

  @Test(arguments: homes.indices) func eachThingIsDoneInOnePlace(index: Int) throws {
    let (home, others, pattern) = Self.homes[index]
    for (name, text) in Self.texts where !name.hasPrefix(home + "/") && !others.contains(name) {
      for line in try Self.lines(pattern, in: text) {
        #expect(Self.isComment(line), "\(name): \(line)")
      }
    }
  }

  @Test(arguments: [
    "#if canImport(Glibc)", "  import Darwin", "String(cString: strerror(code))",
    "posix_spawn(&pid, path)", "  var status = stat()", "guard fstat(file, &status) == 0",
    "fsync(descriptor)", "let home = environment[\"HOME\"]", "ioctl(1, UInt(TIOCGWINSZ), &size)",
    "scalar.properties.generalCategory == .control", #"case "\"": json += "\\\"""#,
    #"text.replacing("<", with: "&lt;")"#, "abs(self) < 1e15 ? a : b",
    #"replacing("\"", with: "\"\"")"#, "func grouped(_ number: Int) -> String {",
  ])
  func secondPlacesAreFound(line: String) throws {
    #expect(try Self.homes.contains { try !Self.lines($0.pattern, in: line).isEmpty })
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
