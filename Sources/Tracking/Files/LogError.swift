public import System

/// Why a log cannot be begun or continued; `message` is the sentence to show.
public enum LogError: Error, Hashable, Sendable, CustomStringConvertible {
  case system(FileFailure)
  /// The file was removed while it was written.
  case removed(path: String)
  case notRegular(path: String)
  case notAFolder(path: String)
  /// A file that is there and does not begin as Waymark's logs do.
  case notALog(path: String)

  public var message: String {
    switch self {
    case .system(let failure): failure.description
    case .removed(let path): "\(path): the file was removed"
    case .notRegular(let path): "\(path): it is not a regular file; give another name"
    case .notAFolder(let path): "\(path): it is not a folder; give another name"
    case .notALog(let path):
      "\(path): there is a file already, and it is not a Waymark log; give another name"
    }
  }

  public var description: String { message }
}
