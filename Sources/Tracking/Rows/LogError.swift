public import System

/// Why a log cannot be begun or continued.
public enum LogError: Error, Hashable, Sendable {
  case system(FileFailure)
  /// The file was removed while it was written.
  case removed(path: String)
  case notRegular(path: String)
  case notAFolder(path: String)
  /// A file that is there and does not begin as Waymark's logs do.
  case notALog(path: String)
}
