#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A file that is being written beside its place: `.waymark-0123456789abcdef.part`.
///
/// Its writer holds a lock on it (flock), which ends with the process however that ends, and is seen
/// from other containers on the same disk: what nobody has locked was left behind.
public struct PartFileName: Sendable {
  public private(set) var path: String
  private let folder: String

  private static let prefix = ".waymark-"
  private static let suffixes = [".part", ".saving"]

  public init(in folder: String) {
    self.folder = folder
    path = Self.newPath(in: folder)
  }

  private static func newPath(in folder: String) -> String {
    let number = String(UInt64.random(in: 0 ... .max), radix: 16)
    return FilePath.joined(folder, prefix + number + ".part")
  }

  /// Makes the file, locked and open for reading and writing. It gets another name if somebody sweeps
  /// the folder at the same moment.
  ///
  /// - Returns: -1 if that is impossible; `errno` says why.
  public mutating func open(_ mode: UInt32) -> Int32 {
    while true {
      let descriptor = FileGate.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode_t(mode))
      guard descriptor >= 0 else { return -1 }
      var isSwept = false
      while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        if errno == EINTR { continue }
        // Where nothing can be locked, nothing is swept either.
        isSwept = errno == EWOULDBLOCK
        break
      }
      var status = stat()
      if !isSwept, fstat(descriptor, &status) != 0 || status.st_nlink > 0 { return descriptor }
      // Somebody took it for a leftover before it was locked, and may yet remove what has its name.
      FileGate.remove(path)
      close(descriptor)
      path = Self.newPath(in: folder)
    }
  }

  /// Removes what writers left behind that are gone.
  public static func sweep(_ folder: String) {
    sweep(folder) { name in
      name.hasPrefix(prefix) && suffixes.contains { name.hasSuffix($0) }
    }
  }

  /// Removes the files of a folder that `isPart` names and nobody has locked.
  public static func sweep(_ folder: String, _ isPart: (_ name: String) -> Bool) {
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let item = readdir(stream) {
      let name = withUnsafeBytes(of: &item.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if isPart(name) { removeIfLeft(FilePath.joined(folder, name)) }
    }
  }

  private static func removeIfLeft(_ path: String) {
    let descriptor = systemOpen(path)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var (open, named) = (stat(), stat())
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &open) == 0,
      open.st_mode & S_IFMT == S_IFREG, lstat(path, &named) == 0, named.st_ino == open.st_ino
    else { return }
    FileGate.remove(path)
  }
}

private func systemOpen(_ path: String) -> Int32 {
  open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
}
