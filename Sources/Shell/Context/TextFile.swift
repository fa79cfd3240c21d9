import CommandLanguage
import Foundation

/// Texts on their way to files and streams, with errors that say why they did not arrive.
enum TextFile {
  /// What the system answered.
  struct Failure: Error, CustomStringConvertible {
    var path: String
    var code: Int32

    var description: String { "\(path.withoutControls): \(reason)" }

    private var reason: String {
      switch code {
      case ENOSPC: "the disk is full"
      case EACCES, EPERM: "no permission"
      case EISDIR: "it is a folder"
      case ENOENT, ENOTDIR: "no such file or folder"
      default: String(cString: strerror(code))
      }
    }
  }

  /// Writes beside the target and renames, so that an older file stays until the new one is whole.
  ///
  /// What is no regular file, such as a device or a named pipe, is written to as it is.
  static func write(_ text: String, to path: String) throws(Failure) {
    if let kind = kind(of: path), kind != S_IFREG {
      return try write(text, to: path, flags: O_WRONLY)
    }
    let temporary = path + ".\(getpid()).part"
    do throws(Failure) {
      try write(text, to: temporary, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
      guard rename(temporary, path) == 0 else { throw Failure(path: path, code: errno) }
    } catch {
      unlink(temporary)
      throw Failure(path: path, code: error.code)
    }
  }

  /// Adds to the end of a file, which is made if it is not there.
  static func append(_ text: String, to path: String) throws(Failure) {
    try write(text, to: path, flags: O_WRONLY | O_CREAT | O_APPEND)
  }

  private static func write(_ text: String, to path: String, flags: Int32) throws(Failure) {
    let file = open(path, flags | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw Failure(path: path, code: errno) }
    do throws(Failure) {
      try write(text, to: file, named: path)
    } catch {
      close(file)
      throw error
    }
    // Some file systems tell only now that the disk is full.
    guard close(file) == 0 else { throw Failure(path: path, code: errno) }
  }

  /// Writes to an open file, such as 1 for standard output.
  static func write(_ text: String, to file: Int32, named name: String) throws(Failure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR {
        throw Failure(path: name, code: errno)
      }
    }
  }

  /// The kind bits of the file that a path leads to, through links; nil if there is none.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}
