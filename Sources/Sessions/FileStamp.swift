#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What tells whether a file was replaced or written to.
public struct FileStamp: Hashable, Sendable {
  private let identity: FileIdentity
  private let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  public var isEmpty: Bool { size == 0 }

  /// Nil if there is no such file.
  public init?(_ path: String) {
    var status = stat()
    guard let identity = FileIdentity(path), stat(path, &status) == 0 else { return nil }
    self.identity = identity
    size = Int(status.st_size)
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    seconds = Int(time.tv_sec)
    nanoseconds = Int(time.tv_nsec)
  }
}
