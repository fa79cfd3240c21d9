/// A file that is there whole or not at all, after a power failure too: it is written beside its place,
/// put on disk, and renamed; then the folder is put on disk.
///
/// A link is followed. A device or a pipe is written to as it is. A file that is replaced keeps its
/// permissions.
public final class WholeFile {
  /// Open for writing.
  public let descriptor: Int32
  private let path: String
  private let target: String
  /// Nil where the target is written to as it is.
  private let part: PartFileName?
  private let isSynced: Bool
  private var isFinished = false

  /// Begins the file. Nothing is at its place before `finish`.
  ///
  /// - Parameter isSynced: Whether it shall outlive a power failure; not for what is soon removed.
  public init(_ path: String, mode: UInt32 = 0o666, isSynced: Bool = true) throws(FileFailure) {
    self.path = path
    self.isSynced = isSynced
    target = FilePath.resolved(path)
    if let status = FileStatus(target, followsLinks: false), !status.isRegular {
      part = nil
      descriptor = FileGate.open(path, O_WRONLY)
    } else {
      let folder = FilePath.split(target).folder
      PartFileName.sweep(folder)
      var part = PartFileName(in: folder)
      descriptor = part.open(mode)
      self.part = part
    }
    guard descriptor >= 0 else { throw FileGate.failure(path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isFinished, let part { FileGate.remove(part.path) }
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    guard systemWrite(descriptor, bytes) else { throw FileGate.failure(path) }
  }

  /// Where the file lies until it is finished.
  public var temporaryPath: String { part?.path ?? target }

  /// Puts the file in its place.
  ///
  /// - Parameter replaces: Whether another file may give way. If none may and there is one, `EEXIST` is
  ///   thrown, and the file can still be finished; where the file system has no links, it gives way.
  public func finish(replacing replaces: Bool = true) throws(FileFailure) {
    guard let part else {
      isFinished = true
      return
    }
    if let old = FileStatus(target) { fchmod(descriptor, old.permissions) }
    guard !isSynced || fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileGate.failure(path)
    }
    if !replaces, FileGate.link(part.path, to: target) == 0 {
      FileGate.remove(part.path)
    } else if !replaces, errno == EEXIST {
      throw FileFailure(path: path, code: EEXIST)
    } else if FileGate.rename(part.path, to: target) != 0 {
      throw FileGate.failure(path)
    }
    isFinished = true
    if isSynced { syncFolder(of: target) }
  }

  /// Writes a file at once.
  public static func write(
    _ bytes: some Sequence<UInt8>, to path: String, isSynced: Bool = true
  ) throws(FileFailure) {
    let file = try WholeFile(path, isSynced: isSynced)
    try Array(bytes).withUnsafeBufferPointer { bytes throws(FileFailure) in
      try file.write(UnsafeRawBufferPointer(bytes))
    }
    try file.finish()
  }
}

/// Puts on disk which names the folder of a file has.
public func syncFolder(of path: String) {
  let folder = open(FilePath.split(path).folder, O_RDONLY | O_CLOEXEC)
  guard folder >= 0 else { return }
  fsync(folder)
  close(folder)
}
