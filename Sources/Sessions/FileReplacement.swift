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
  ///   - lock: The lock on the file that is replaced, if this process has it.
  ///   - body: Fills the empty file at the path it is given.
  /// - Returns: The lock on the new file.
  /// - Throws: `inUse` if another process has locked the file that would be replaced.
  static func write(
    _ path: String, holding lock: SessionLock? = nil,
    _ body: (_ temporary: String) throws(SessionFileError) -> Void
  ) throws(SessionFileError) -> SessionLock {
    try turn.withLock { _ throws(SessionFileError) in try replace(path, lock, body) }
  }

  private static func replace(
    _ path: String, _ lock: SessionLock?,
    _ body: (_ temporary: String) throws(SessionFileError) -> Void
  ) throws(SessionFileError) -> SessionLock {
    // Told before the work rather than after it.
    var old = try locked(path, lock)
    defer { withExtendedLifetime(old) {} }
    let folder = split(path).folder
    removeLeftovers(in: folder)
    let number = UInt32.random(in: 0...UInt32.max)
    let temporary = joined(folder, "\(prefix)\(getpid())-\(number)\(suffix)")
    let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    guard let identity = FileIdentity(descriptor: descriptor), SessionLock.lock(descriptor) else {
      close(descriptor)
      throw failure(path, errno)
    }
    let new = SessionLock(taking: descriptor, identity)
    do throws(SessionFileError) {
      try body(temporary)
      // The permissions of the file that is replaced, else the owner's only.
      var status = stat()
      if stat(path, &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
      guard fsync(descriptor) == 0 else { throw failure(path, errno) }
      if old == nil {
        // Where nothing was, nothing shall be replaced that came meanwhile.
        if link(temporary, path) == 0 {
          unlink(temporary)
          return finished(new, folder)
        }
        if errno == EEXIST { old = try locked(path, lock) }
      }
      guard rename(temporary, path) == 0 else { throw failure(path, errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    return finished(new, folder)
  }

  private static func finished(_ lock: SessionLock, _ folder: String) -> SessionLock {
    let directory = open(folder, O_RDONLY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
    return lock
  }

  /// The lock on the file at a path; nil if there is no file.
  private static func locked(
    _ path: String, _ lock: SessionLock?
  ) throws(SessionFileError) -> SessionLock? {
    if let lock, lock.holds(path) { return lock }
    do throws(SessionFileError) {
      return try SessionLock(path)
    } catch .noSuchFile {
      return nil
    } catch .unreadable {
      // Who may not read it may still be allowed to replace it.
      return nil
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
