internal import System

/// The right to replace a session file, which one process has at a time; it lasts as long as this
/// object and never longer than the process.
///
/// The lock lies on the file itself (flock), so nothing is left behind by a process that is killed.
/// A save locks its new file before it takes the old one's place.
public final class SessionLock: Sendable {
  private let descriptor: Int32
  private let identity: FileIdentity

  private init(_ descriptor: Int32, _ identity: FileIdentity) {
    self.descriptor = descriptor
    self.identity = identity
  }

  /// Keeps the lock that an open file has, when that is closed too; nil for the reason in `errno`.
  convenience init?(sharing descriptor: Int32) {
    guard let identity = FileStatus(descriptor: descriptor)?.identity else { return nil }
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { return nil }
    self.init(copy, identity)
  }

  /// Closing alone would leave the lock to a child that was forked meanwhile and has not yet become
  /// another program.
  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Whether a path leads to the file that is locked.
  public func holds(_ path: String) -> Bool { FileStatus(path)?.identity == identity }

  /// Locks a session file.
  ///
  /// - Throws: `inUse` if another process has it, `noSuchFile`, `unreadable`.
  public convenience init(_ path: String) throws(SessionFileError) {
    while true {
      let descriptor = try SessionHeader.open(path)
      guard Self.lock(descriptor) else {
        let identity = FileStatus(descriptor: descriptor)?.identity
        close(descriptor)
        throw .inUse(path: path, process: identity?.holder)
      }
      // It may have been replaced between opening and locking.
      if let identity = FileStatus(descriptor: descriptor)?.identity,
        identity == FileStatus(path)?.identity
      {
        self.init(descriptor, identity)
        return
      }
      close(descriptor)
    }
  }

  /// Locks an open file; a file system that knows no locks counts as locked.
  static func lock(_ descriptor: Int32) -> Bool {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      return errno != EWOULDBLOCK
    }
    return true
  }
}

extension FileIdentity {
  /// The process that has locked the file, where the system tells.
  var holder: Int32? {
    guard let file = fopen("/proc/locks", "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      // 1: FLOCK  ADVISORY  WRITE 4711 fd:01:131090 0 EOF
      let words = text.split(separator: " ")
      if words.count > 5, words[1] == "FLOCK", words[5].hasSuffix(":\(number)"),
        let process = Int32(words[4]), process > 0
      {
        return process
      }
    }
    return nil
  }
}
