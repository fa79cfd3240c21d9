#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Why a file could not be written.
public struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public var path: String
  /// `errno`.
  public var code: Int32

  public init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }

  public var description: String { "\(path): \(reason)" }

  /// What is wrong, without the path.
  public var reason: String {
    switch code {
    case ENOSPC, EDQUOT: "the disk is full"
    case EPERM where Permissions.ofProcess != .everything:
      "--safe: it is outside the working directory"
    case EACCES, EPERM: "no permission"
    case EROFS: "the disk is read-only"
    case EISDIR: "it is a folder"
    case ENOENT, ENOTDIR: "no such file or folder"
    default: strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
  }
}
