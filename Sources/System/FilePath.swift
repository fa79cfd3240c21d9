/// Paths, as the system reads them.
public enum FilePath {
  /// More links than the system follows.
  private static let linkLimit = 40

  /// The absolute path without links, `.` and `..`: that of a file which a path leads to or, through a
  /// dangling link, would lead to.
  static func resolved(_ path: String) -> String {
    var rest = parts(path.hasPrefix("/") ? path : (workingDirectory ?? "") + "/" + path)
    var target: [Substring] = []
    var links = 0
    while let part = rest.popLast() {
      if part == ".." {
        _ = target.popLast()
        continue
      }
      target.append(part)
      guard links < linkLimit, let link = link(at: joined(target)) else { continue }
      links += 1
      if link.hasPrefix("/") { target = [] } else { target.removeLast() }
      rest += parts(link)
    }
    return joined(target)
  }

  /// The path seen from the root, its links and dots left as they are; as it is, if it is empty or there
  /// is no working directory.
  public static func absolute(_ path: String) -> String {
    if path.isEmpty || path.hasPrefix("/") { return path }
    return workingDirectory.map { joined($0, path) } ?? path
  }

  /// The path with links followed (`realpath(3)`); nil if it leads nowhere.
  public static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Whether a path is a folder's or lies below it; both absolute, without links.
  static func isWithin(_ folder: String, _ path: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  /// The folder of a path, and its last name.
  public static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[path.index(after: slash)...]))
  }

  /// The folder of a path, or of what its links lead to, if there is no such folder.
  static func missingFolder(of path: String) -> String? {
    [path, resolved(path)].lazy.map { split($0).folder }.first { !isFolder($0) }
  }

  static func isFolder(_ path: String) -> Bool {
    FileStatus(path)?.isFolder == true
  }

  /// The path of a name in a folder.
  public static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The last part first.
  private static func parts(_ path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }.reversed()
  }

  private static func joined(_ parts: [Substring]) -> String { "/" + parts.joined(separator: "/") }

  private static var workingDirectory: String? {
    guard let folder = getcwd(nil, 0) else { return nil }
    defer { free(folder) }
    return String(cString: folder)
  }

  /// Where a link leads; nil if there is none.
  private static func link(at path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
