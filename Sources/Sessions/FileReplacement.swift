internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Writes a file beside its target and puts it in the target's place when it is whole and on disk:
/// at every moment the target is the old file or the new one.
enum FileReplacement {
  private static let prefix = ".waymark-"
  private static let suffix = ".saving"
  /// One at a time, so that a leftover with this process's number belongs to nobody.
  private static let turn = Mutex(())

  /// - Parameters:
  ///   - path: Absolute.
  ///   - body: Fills the empty file at the path it is given.
  static func write(
    _ path: String, _ body: (_ temporary: String) throws(SessionFileError) -> Void
  ) throws(SessionFileError) {
    try turn.withLock { _ throws(SessionFileError) in try replace(path, body) }
  }

  private static func replace(
    _ path: String, _ body: (_ temporary: String) throws(SessionFileError) -> Void
  ) throws(SessionFileError) {
    let folder = split(path).folder
    removeLeftovers(in: folder)
    let number = UInt32.random(in: 0...UInt32.max)
    let temporary = joined(folder, "\(prefix)\(getpid())-\(number)\(suffix)")
    let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    do throws(SessionFileError) {
      try body(temporary)
      // The permissions of the file that is replaced, else the owner's only.
      var status = stat()
      if stat(path, &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
      guard fsync(descriptor) == 0 else { throw failure(path, errno) }
      guard rename(temporary, path) == 0 else { throw failure(path, errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    let directory = open(folder, O_RDONLY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  /// Removes what saves left behind whose process died.
  private static func removeLeftovers(in folder: String) {
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let item = readdir(stream) {
      let name = withUnsafeBytes(of: &item.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix(prefix), name.hasSuffix(suffix),
        let process = Int32(name.dropFirst(prefix.count).prefix { $0 != "-" }), process > 0
      else { continue }
      if process == getpid() || (kill(process, 0) != 0 && errno == ESRCH) {
        unlink(joined(folder, name))
      }
    }
  }

  private static func failure(_ path: String, _ number: Int32) -> SessionFileError {
    switch number {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case ENOENT, ENOTDIR: .noSuchFolder(path: split(path).folder)
    default: .notWritable(path: path, reason: systemReason(number))
    }
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}
