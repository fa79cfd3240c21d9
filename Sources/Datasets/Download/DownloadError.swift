import PlainText

/// Why the archives could not be fetched.
public enum DownloadError: Error, Hashable, Sendable {
  case notAnAddress(String)
  /// The server answered with a status other than success.
  case status(url: String, status: Int)
  /// The connection broke or could not be made; `attempts` says how often it was tried.
  case connection(url: String, reason: String, attempts: Int)
  /// All bytes are there, and they are not the official ones.
  case wrongChecksum(file: String, expected: String, found: String)
  /// A file of this name is already there, and is not the official one.
  case otherFile(path: String)
  /// Another download writes the same file.
  case busy(path: String)
  case tooLarge(url: String, limit: Int)
  /// The file cannot be written: a full disk, a folder without permission.
  case disk(path: String, reason: String)
}

extension DownloadError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .notAnAddress(let text):
      "\"\(shown(text))\" is not an address; give one that begins with http:// or https://"
    case .status(let url, let status):
      """
      \(shown(url)): the server answered \(status); check the address, or try again later: what \
      has arrived is kept
      """
    case .connection(let url, let reason, let attempts):
      """
      \(shown(url)): \(shown(reason)), after \(attempts) attempts; try again: what has arrived \
      is kept
      """
    case .wrongChecksum(let file, let expected, let found):
      """
      '\(shown(file))' is not the official file (MD5 \(found) instead of \(expected)); it was thrown \
      away, check the address and try again
      """
    case .otherFile(let path):
      """
      '\(shown(path))' is there already and is not the official file; move it away or choose \
      another folder
      """
    case .busy(let path):
      "'\(shown(path))' is being written by another download; wait for it to end"
    case .tooLarge(let url, let limit):
      "\(shown(url)) is larger than \(limit >> 30) GB; check the address"
    case .disk(let path, let reason):
      "'\(shown(path))' cannot be written: \(shown(reason)); make room or choose another folder"
    }
  }
}
