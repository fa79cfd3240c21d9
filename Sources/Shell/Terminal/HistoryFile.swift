import Foundation
public import System

/// The statements that were typed, kept between sessions.
///
/// A text file with one entry a line: seconds since 1970, a tab, and the statement with `\n` and
/// `\\` for line breaks and backslashes. An entry is appended by a single write, so that several
/// shells may share the file and a crash loses nothing but what was not yet typed.
public struct HistoryFile: Sendable {
  public let path: String

  public init(path: String = Folders.state + "/history") { self.path = path }

  /// The bytes at the file's end that are read, and the longest statement that is kept.
  private static let readLimit = 2 << 20
  private static let entryLimit = 64 << 10

  /// Entries from the oldest to the newest, without immediate repeats; lines that are no entries
  /// are passed over.
  public func entries(limit: Int = 10_000) -> [String] {
    guard let file = FileHandle(forReadingAtPath: path) else { return [] }
    defer { try? file.close() }
    let size = (try? file.seekToEnd()) ?? 0
    let start = size > UInt64(Self.readLimit) ? size - UInt64(Self.readLimit) : 0
    guard (try? file.seek(toOffset: start)) != nil,
      let data = try? file.read(upToCount: Self.readLimit)
    else { return [] }
    var entries: [String] = []
    var lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    if start > 0 { lines = Array(lines.dropFirst()) }
    for line in lines {
      guard let tab = line.firstIndex(of: "\t"), Int(line[..<tab]) != nil else { continue }
      let entry = Self.decoded(line[line.index(after: tab)...])
      if !entry.isEmpty, entry != entries.last { entries.append(entry) }
    }
    return entries.suffix(limit)
  }

  /// Appends a statement; a file that cannot be written is passed over in silence, since nobody
  /// should lose a session to it.
  public func append(_ entry: String) {
    guard entry.utf8.count <= Self.entryLimit else { return }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    _ = FileGate.makeFolder(folder.path)
    let descriptor = FileGate.open(path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Array("\(time(nil))\t\(Self.encoded(entry))\n".utf8)
    _ = write(descriptor, bytes, bytes.count)
  }

  static func encoded(_ entry: String) -> String {
    entry.replacing("\\", with: "\\\\").replacing("\r\n", with: "\\n").replacing("\n", with: "\\n")
  }

  static func decoded(_ line: Substring) -> String {
    var entry = ""
    var rest = line
    while let character = rest.popFirst() {
      if character != "\\" {
        entry.append(character)
      } else if let escaped = rest.popFirst() {
        entry.append(escaped == "n" ? "\n" : escaped)
      }
    }
    return entry
  }
}
