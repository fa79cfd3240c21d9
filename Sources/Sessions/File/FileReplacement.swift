internal import System

/// What a save may put its file in the place of.
public enum Replacement: Hashable, Sendable {
  /// Nothing: there must be no file yet, or an empty one.
  case nothing
  /// The file that had this stamp, if it is still the same.
  case file(FileStamp)
  /// Any session file.
  case anything
}

/// What tells whether a file was replaced or written to.
public struct FileStamp: Hashable, Sendable {
  private let identity: FileIdentity
  private let size: Int
  private let modified: Int

  public var isEmpty: Bool { size == 0 }

  /// Nil if there is no such file.
  public init?(_ path: String) {
    guard let status = FileStatus(path) else { return nil }
    identity = status.identity
    size = status.size
    modified = status.modified
  }
}

/// Writes a session file as a `WholeFile` and hands the lock over from the old file to the new one: at
/// every moment there is one of them.
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
    let file = try session { () throws(FileFailure) in try WholeFile(path, mode: 0o600) }
    guard let new = SessionLock(sharing: file.descriptor) else {
      throw SessionFileError(FileFailure(path: path, code: errno))
    }
    try body(file.temporaryPath)
    do throws(SessionFileError) {
      // Where nothing was, nothing shall be replaced that came meanwhile.
      try session { () throws(FileFailure) in try file.finish(replacing: old != nil) }
    } catch .exists {
      old = try locked(path, lock)
      try check(path, replaced)
      try session { () throws(FileFailure) in try file.finish() }
    }
    return new
  }

  private static func session<Result>(
    _ body: () throws(FileFailure) -> Result
  ) throws(SessionFileError) -> Result {
    do throws(FileFailure) { return try body() } catch { throw SessionFileError(error) }
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
}

extension SessionFileError {
  fileprivate init(_ failure: FileFailure) {
    self =
      switch failure.code {
      case ENOSPC, EDQUOT: .diskFull(path: failure.path)
      case ENOENT, ENOTDIR: .noPlace(failure)
      case EEXIST: .exists(path: failure.path)
      default: .notWritable(path: failure.path, reason: failure.reason)
      }
  }
}
