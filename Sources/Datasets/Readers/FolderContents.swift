internal import System

/// The names in a folder, each list sorted by its bytes.
struct FolderContents {
  /// What can be read: UTF-8, and no dot in front.
  private(set) var names: [String] = []
  /// Names that begin with a dot, but for `.` and `..`.
  private(set) var hidden: [String] = []
  /// Names that are not UTF-8, � in place of what cannot be read.
  private(set) var undecodable: [String] = []

  init(_ folder: String) throws(DataSetError) {
    guard let names = systemNames(folder) else {
      throw .unreadable(path: folder, reason: systemError())
    }
    names.forEach { add($0) }
    for list in [\Self.names, \.hidden, \.undecodable] {
      self[keyPath: list].sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  private mutating func add(_ bytes: [UInt8]) {
    guard let name = String(validating: bytes, as: UTF8.self) else {
      undecodable.append(String(decoding: bytes, as: UTF8.self))
      return
    }
    if name.hasPrefix(".") { hidden.append(name) } else { names.append(name) }
  }
}

/// What macOS puts beside files on disks and in archives that are not its own.
enum ResourceFile {
  /// Whether a name is one that such files have: `._x`, `.DS_Store`, something in `__MACOSX`.
  static func isNamedLikeOne(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let last = parts.last else { return false }
    return last.hasPrefix("._") || last == ".DS_Store" || parts.contains("__MACOSX")
  }

  /// Whether a file begins as AppleDouble (RFC 1740) or as `.DS_Store` does.
  static func isOne(_ beginning: some Collection<UInt8>) -> Bool {
    let forms: [[UInt8]] = [[0, 5, 0x16, 7], [0, 5, 0x16, 0], [0, 0, 0, 1] + Array("Bud1".utf8)]
    return forms.contains { beginning.starts(with: $0) }
  }

  /// Whether all files in a folder `__MACOSX` are such.
  static func fill(_ folder: String) -> Bool {
    guard let contents = try? FolderContents(folder) else { return false }
    return contents.undecodable.isEmpty
      && (contents.names + contents.hidden).allSatisfy { name in
        let path = FilePath.joined(folder, name)
        return FileStatus(path)?.isFolder == true
          ? fill(path) : LocalFile.beginning(of: path, count: 8).map(isOne) == true
      }
  }
}
