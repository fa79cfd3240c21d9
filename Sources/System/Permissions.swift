internal import Synchronization

/// What the program may write and start: everything, or with `--safe` files below one folder and no
/// other program at all.
public enum Permissions: Hashable, Sendable {
  case everything
  /// An absolute path without links.
  case files(below: String)

  /// Why a file may not be written.
  public enum Denial: Error, Hashable, Sendable {
    /// The path, with all links followed, leads out of the folder.
    case outside
    /// A device or a pipe, which may lead anywhere.
    case notRegular
    /// The file has another name too, which may lie anywhere.
    case severalNames
  }

  /// The files of the working directory, as it is now; nothing if there is none.
  public static var workingDirectory: Permissions { .files(below: FilePath.resolved(".")) }

  // MARK: Of this process

  private static let current = Mutex(Permissions.everything)

  /// What this process may do. All that writes or starts something goes by it.
  public static var ofProcess: Permissions { current.withLock { $0 } }

  /// Confines the process, for the rest of its life: a second call changes nothing.
  public static func confine(to permissions: Permissions) {
    current.withLock { if $0 == .everything { $0 = permissions } }
  }

  // MARK: Decisions

  public var mayStartPrograms: Bool { self == .everything }

  /// Where a path leads when its links are followed, dangling ones too, if that may be written.
  public func target(_ path: String) throws(Denial) -> String {
    guard case .files(let folder) = self else { return path }
    let target = FilePath.resolved(path)
    guard FilePath.isWithin(folder, target) else { throw .outside }
    guard let status = FileStatus(target, followsLinks: false), !status.isFolder else {
      return target
    }
    guard status.isRegular else { throw .notRegular }
    guard status.names == 1 else { throw .severalNames }
    return target
  }

  /// Whether a folder may be made, or something in it be made and removed.
  func mayChange(_ folder: String) -> Bool {
    guard case .files(let root) = self else { return true }
    return FilePath.isWithin(root, FilePath.resolved(folder))
  }
}
