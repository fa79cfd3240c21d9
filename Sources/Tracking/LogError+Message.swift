internal import Files

extension LogError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .system(let path, let code): FileFailure(path: path, code: code).description
    case .removed(let path): "\(path): the file was removed"
    case .notRegular(let path): "\(path): it is no regular file; give another name"
    case .notAFolder(let path): "\(path): it is no folder; give another name"
    case .notALog(let path):
      "\(path): there is a file already, and it is no log of Waymark's; give another name"
    }
  }
}
