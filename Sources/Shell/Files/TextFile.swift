import Foundation
import System

/// Texts on their way to files and streams, with errors that say why they did not arrive.
enum TextFile {
  /// What the system answered.
  typealias Failure = FileFailure

  /// Writes so that an older file stays until the new one is whole and on disk.
  ///
  /// What is no regular file, such as a device or a named pipe, is written to as it is.
  static func write(_ text: String, to path: String) throws(Failure) {
    try WholeFile.write(text.utf8, to: path)
  }

  /// Adds to the end of a file, which is made if it is not there.
  static func append(_ text: String, to path: String) throws(Failure) {
    let file = FileGate.open(path, O_WRONLY | O_CREAT | O_APPEND)
    guard file >= 0 else { throw FileGate.failure(path) }
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
    guard Array(text.utf8).withUnsafeBytes({ systemWrite(file, $0) }) else {
      throw Failure(path: name, code: errno)
    }
  }
}
