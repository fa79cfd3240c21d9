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
