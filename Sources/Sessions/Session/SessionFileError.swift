public import System

/// Why a session could not be saved, restored or listed.
public enum SessionFileError: Error, Hashable, Sendable {
  case noSuchFile(path: String)
  /// A folder, a device or a pipe.
  case notAFile(path: String)
  case unreadable(path: String, reason: String)
  /// A file of another kind, or one whose header is damaged.
  case notASession(path: String)
  /// Written by a newer version of the program; `known` is the newest format that this one reads.
  case newerFormat(path: String, format: Int, known: Int)
  /// Sizes in bytes.
  case cutShort(path: String, expected: Int, found: Int)
  case damaged(path: String, reason: String)
  /// `only` names an object that the file does not have.
  case noSuchObject(path: String, name: String, objects: [String])

  /// There is no folder, or nothing can be made there.
  case noPlace(FileFailure)
  case notWritable(path: String, reason: String)
  case diskFull(path: String)
  /// A save would replace a file that is no session.
  case foreignFile(path: String)
  /// A save would replace a session of a newer version of the program.
  case replacesNewer(path: String, format: Int, known: Int)
  /// A save would replace a file that is not this session's.
  case exists(path: String)
  /// A save would replace what another process saved since the file was read.
  case changed(path: String)
  case notEncodable(name: String, reason: String)
  /// Another process works on the file.
  case inUse(path: String, process: Int32?)
  /// Somebody asked to stop.
  case stopped(path: String)
}
