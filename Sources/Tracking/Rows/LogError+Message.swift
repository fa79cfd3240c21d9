internal import System

extension LogError: CustomStringConvertible {
  public var description: String { message }

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
}
