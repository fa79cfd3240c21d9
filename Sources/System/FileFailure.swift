internal import PlainText

/// Why a file could not be written.
public struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public let path: String
  /// `errno`.
  public let code: Int32
  /// The folder that the file would lie in, where the failure is that there is none.
  public let missingFolder: String?

  public init(path: String, code: Int32, missingFolder: String? = nil) {
    self.path = path
    self.code = code
    self.missingFolder = missingFolder
  }

  public var description: String {
    missingFolder.map { "there is no folder '\($0)'; make it, or name another" }
      ?? "\(path): \(reason)"
  }

  /// What is wrong, without the path.
  public var reason: String {
    switch code {
    case ENOSPC, EDQUOT: "the disk is full"
    case EPERM where Permissions.ofProcess != .everything:
      "--safe: it is outside the working directory"
    case EACCES, EPERM: "no permission"
    case EROFS: "the disk is read-only"
    case EISDIR: "it is a folder"
    case ENOENT, ENOTDIR: "nothing can be made there"
    default: systemError(code)
    }
  }
}

extension FileFailure {
  /// What is said wherever a file to be read is not there.
  public static func missing(_ path: String) -> String { "there is no file '\(shown(path))'" }
}
