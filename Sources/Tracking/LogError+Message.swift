#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension LogError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .system(let path, let code): "\(path): \(Self.reason(code))"
    case .removed(let path): "\(path): the file was removed"
    case .notRegular(let path): "\(path): it is no regular file; give another name"
    case .notAFolder(let path): "\(path): it is no folder; give another name"
    case .notALog(let path):
      "\(path): there is a file already, and it is no log of Waymark's; give another name"
    }
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOSPC: "the disk is full"
    case EACCES, EPERM: "no permission"
    case ENOENT, ENOTDIR: "no such file or folder"
    default: strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
  }
}
