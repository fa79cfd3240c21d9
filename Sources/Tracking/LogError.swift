/// Why a log cannot be begun or continued.
public enum LogError: Error, Hashable, Sendable {
  /// What the system answered: `errno`.
  case system(path: String, code: Int32)
  /// The file was removed while it was written.
  case removed(path: String)
  case notRegular(path: String)
  case notAFolder(path: String)
  /// A file that is there and does not begin as Waymark's logs do.
  case notALog(path: String)
}
