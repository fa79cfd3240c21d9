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
      let status = FileStatus(descriptor: descriptor)
      if !isSwept, status.map({ $0.names > 0 }) ?? true { return descriptor }
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
    for name in systemNames(folder) ?? [] {
      let name = String(decoding: name, as: UTF8.self)
      if isPart(name) { removeIfLeft(FilePath.joined(folder, name)) }
    }
  }

  private static func removeIfLeft(_ path: String) {
    let descriptor = systemOpen(path, O_NOFOLLOW)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0,
      let status = FileStatus(descriptor: descriptor), status.isRegular,
      status.identity == FileStatus(path, followsLinks: false)?.identity
    else { return }
    FileGate.remove(path)
  }
}
