#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

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
    if let kind = fileKind(target), kind != S_IFREG {
      part = nil
      descriptor = FileGate.open(path, O_WRONLY)
    } else {
      let folder = FilePath.split(target).folder
      PartFileName.sweep(folder)
      var part = PartFileName(in: folder)
      descriptor = part.open(mode)
      self.part = part
    }
    guard descriptor >= 0 else { throw FileFailure(path: path, code: errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isFinished, let part { FileGate.remove(part.path) }
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = systemWrite(descriptor, piece.baseAddress, piece.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw FileFailure(path: path, code: errno)
      }
    }
  }

  /// Puts the file in its place.
  public func finish() throws(FileFailure) {
    guard let part else {
      isFinished = true
      return
    }
    var status = stat()
    if stat(target, &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
    guard !isSynced || fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileFailure(path: path, code: errno)
    }
    guard FileGate.rename(part.path, to: target) == 0 else {
      throw FileFailure(path: path, code: errno)
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

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, bytes, count)
}

/// The kind bits of a file, without following a link; nil if there is none.
private func fileKind(_ path: String) -> mode_t? {
  var status = stat()
  return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
}
