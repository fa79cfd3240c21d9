/// The one door to the file system for all that changes it: every file that the program opens for
/// writing, makes, renames or removes passes here, by the rules of `Permissions.ofProcess`.
///
/// The functions answer as the system's do; what is not permitted fails with `EPERM`.
public enum FileGate {
  /// `open(2)` for writing, closed in programs that are started.
  ///
  /// Where the process is confined, links are followed before and the file is one that was looked at.
  public static func open(_ path: String, _ flags: Int32, _ mode: mode_t = 0o666) -> Int32 {
    let permissions = Permissions.ofProcess
    guard permissions != .everything else { return system(path, flags | O_CLOEXEC, mode) }
    guard let target = try? permissions.target(path) else { return denied() }
    let descriptor = system(target, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode)
    guard descriptor >= 0 else { return descriptor }
    // What was put there meanwhile.
    guard let status = FileStatus(descriptor: descriptor), status.isRegular, status.names <= 1
    else {
      close(descriptor)
      return denied()
    }
    return descriptor
  }

  /// Tells before any work what keeps a file from being written at a path: no folder, or a folder of
  /// that name.
  public static func check(_ path: String) throws(FileFailure) {
    if let folder = FilePath.missingFolder(of: path) {
      throw FileFailure(path: path, code: ENOENT, missingFolder: folder)
    }
    if FilePath.isFolder(path) { throw FileFailure(path: path, code: EISDIR) }
  }

  /// Why a call for a file failed, with the folder that is missing, if that is why.
  ///
  /// - Parameter code: `errno`.
  public static func failure(_ path: String, _ code: Int32 = errno) -> FileFailure {
    let isPlace = [ENOENT, ENOTDIR].contains(code)
    return FileFailure(
      path: path, code: code, missingFolder: isPlace ? FilePath.missingFolder(of: path) : nil)
  }

  /// `rename(2)`; what is at `target`, a link too, gives way.
  public static func rename(_ source: String, to target: String) -> Int32 {
    mayChange(source) && mayChange(target) ? systemRename(source, target) : denied()
  }

  /// `link(2)`: another name, unless there is a file of that name.
  public static func link(_ source: String, to target: String) -> Int32 {
    mayChange(source) && mayChange(target) ? systemLink(source, target) : denied()
  }

  /// `symlink(2)`.
  public static func makeLink(_ path: String, to target: String) -> Int32 {
    mayChange(path) ? symlink(target, path) : denied()
  }

  /// `unlink(2)`.
  @discardableResult
  public static func remove(_ path: String) -> Int32 {
    mayChange(path) ? unlink(path) : denied()
  }

  /// `rmdir(2)`.
  @discardableResult
  public static func removeFolder(_ path: String) -> Int32 {
    mayChange(path) ? rmdir(path) : denied()
  }

  /// Makes a folder and those above it, unless they are there.
  public static func makeFolder(_ path: String, mode: mode_t = 0o777) -> Int32 {
    let path = FilePath.resolved(path)
    if FilePath.isFolder(path) { return 0 }
    guard mayChange(path) else { return denied() }
    let above = FilePath.split(path).folder
    if !FilePath.isFolder(above), makeFolder(above, mode: mode) != 0 { return -1 }
    if mkdir(path, mode) == 0 || errno == EEXIST && FilePath.isFolder(path) { return 0 }
    if errno == EEXIST { errno = ENOTDIR }
    return -1
  }

  /// Makes a folder of a new name, which `template` ends with as `XXXXXX`.
  public static func makeTemporaryFolder(_ template: String) -> String? {
    guard mayChange(template) else {
      _ = denied()
      return nil
    }
    var name = Array(template.utf8CString)
    guard mkdtemp(&name) != nil else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The folder in which the name of the file itself, not of what it leads to, is changed.
  private static func mayChange(_ path: String) -> Bool {
    let permissions = Permissions.ofProcess
    guard permissions != .everything else { return true }
    return permissions.mayChange(FilePath.split(path).folder)
  }

  private static func denied() -> Int32 {
    errno = EPERM
    return -1
  }
}

private func system(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  open(path, flags, mode)
}

private func systemRename(_ source: String, _ target: String) -> Int32 { rename(source, target) }

private func systemLink(_ source: String, _ target: String) -> Int32 { link(source, target) }
