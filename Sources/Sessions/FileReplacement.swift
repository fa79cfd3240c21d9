internal import Files

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Writes a session file beside its place and puts it there when it is whole and on disk: at every
/// moment there is the old file or the new one.
///
/// `WholeFile` does the same for other files; here a lock goes over from the old file to the new one.
enum FileReplacement {
  /// - Parameters:
  ///   - path: Absolute.
  ///   - lock: The lock on the file that is replaced, if this process has it.
  ///   - replaced: What may be replaced, unless this process has the lock.
  ///   - body: Fills the empty file at the path it is given.
  /// - Returns: The lock on the new file.
  /// - Throws: `inUse` if another process has locked the file that would be replaced; `exists` and
  ///   `changed` if it is none that may be.
  static func write(
    _ path: String, holding lock: SessionLock? = nil, replacing replaced: Replacement = .anything,
    _ body: (_ temporary: String) throws(SessionFileError) -> Void
  ) throws(SessionFileError) -> SessionLock {
    // Told before the work rather than after it.
    var old = try locked(path, lock)
    defer { withExtendedLifetime(old) {} }
    let isOwn = lock != nil && old === lock
    // While the lock is held no other process of ours replaces the file.
    if !isOwn { try check(path, replaced) }
    let folder = FilePath.split(path).folder
    PartFileName.sweep(folder)
    var part = PartFileName(in: folder)
    let descriptor = part.open(0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    guard let identity = FileIdentity(descriptor: descriptor) else {
      close(descriptor)
      throw failure(path, errno)
    }
    let new = SessionLock(taking: descriptor, identity)
    do throws(SessionFileError) {
      try body(part.path)
      // The permissions of the file that is replaced, else the owner's only.
      var status = stat()
      if stat(path, &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
      guard fsync(descriptor) == 0 else { throw failure(path, errno) }
      if old == nil {
        // Where nothing was, nothing shall be replaced that came meanwhile.
        if FileGate.link(part.path, to: path) == 0 {
          FileGate.remove(part.path)
          syncFolder(of: path)
          return new
        }
        if errno == EEXIST {
          old = try locked(path, lock)
          try check(path, replaced)
        }
      }
      guard FileGate.rename(part.path, to: path) == 0 else { throw failure(path, errno) }
    } catch {
      FileGate.remove(part.path)
      throw error
    }
    syncFolder(of: path)
    return new
  }

  private static func check(
    _ path: String, _ replaced: Replacement
  ) throws(SessionFileError) {
    let stamp = FileStamp(path)
    switch replaced {
    case .anything: break
    case .nothing: if let stamp, !stamp.isEmpty { throw .exists(path: path) }
    case .file(let known): if let stamp, stamp != known { throw .changed(path: path) }
    }
  }

  /// The lock on the file at a path; nil if there is no file.
  static func locked(
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

  private static func failure(_ path: String, _ number: Int32) -> SessionFileError {
    switch number {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case ENOENT, ENOTDIR: .noPlace(FileFailure(path: path, code: number))
    default: .notWritable(path: path, reason: FileFailure(path: path, code: number).reason)
    }
  }
}
