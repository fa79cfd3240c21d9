internal import System

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
