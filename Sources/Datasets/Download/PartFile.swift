internal import System

/// A file that is not complete yet; nobody else may write it.
final class PartFile {
  let path: String
  private let descriptor: Int32
  private(set) var size: Int

  /// Opens what is there, or an empty file, to go on at its end.
  init(_ path: String) throws(DownloadError) {
    self.path = path
    descriptor = FileGate.open(path, O_WRONLY | O_CREAT, 0o644)
    guard descriptor >= 0 else { throw .disk(path) }
    size = 0
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(path: path) }
    size = Int(lseek(descriptor, 0, SEEK_END))
    guard size >= 0 else { throw .disk(path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws(DownloadError) {
    guard systemWrite(descriptor, bytes) else { throw .disk(path) }
    size += bytes.count
  }

  /// Throws away what has arrived.
  func empty() throws(DownloadError) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw .disk(path)
    }
    size = 0
  }

  func rename(to target: String) throws(DownloadError) {
    guard fsync(descriptor) == 0, FileGate.rename(path, to: target) == 0 else {
      throw .disk(target)
    }
    syncFolder(of: target)
  }
}
