import Foundation
internal import System

/// A file that grows by whole records: it is written to when it is flushed, and what a failed write
/// left of a record is cut off again.
final class LogFile {
  let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Bytes of the file that are whole records.
  private var length: off_t

  /// As much is collected before it is written without being asked.
  private static let room = 1 << 16

  enum Opening {
    /// The file must not be there yet.
    case new
    /// The file is continued, or made.
    case appending
  }

  init(_ path: String, _ opening: Opening) throws(LogError) {
    self.path = path
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    descriptor = FileGate.open(path, flags | (opening == .new ? O_EXCL : O_APPEND))
    length = 0
    guard descriptor >= 0 else { throw failure }
    guard let status = FileStatus(descriptor: descriptor) else { throw failure }
    guard status.isRegular else { throw .notRegular(path: path) }
    length = off_t(status.size)
  }

  /// Why the last call failed.
  private var failure: LogError { .system(FileGate.failure(path)) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Bytes written and collected.
  var count: Int { Int(length) + buffer.count }

  /// Makes sure that lines can be added to a file: what is there must begin as wanted, and a line
  /// that a crash left incomplete is cut off.
  ///
  /// - Parameter firstLine: For a file that is empty, or not there yet.
  static func prepareLines(
    _ path: String, beginning: String, firstLine: String = ""
  ) throws(LogError) {
    let file = try LogFile(path, .appending)
    if file.count == 0 {
      try file.append(firstLine.utf8)
      return try file.flush()
    }
    guard file.bytes(beginning.utf8.count, at: 0) == Array(beginning.utf8) else {
      throw .notALog(path: path)
    }
    try file.dropIncompleteLine()
  }

  /// Cuts off what follows the last end of a line.
  private func dropIncompleteLine() throws(LogError) {
    let tail = bytes(Self.room, at: max(0, length - off_t(Self.room)))
    guard let last = tail.last, last != UInt8(ascii: "\n") else { return }
    let rest = tail.count - ((tail.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1)
    length -= off_t(rest)
    guard ftruncate(descriptor, length) == 0 else { throw failure }
  }

  private func bytes(_ count: Int, at place: off_t) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      filled = max(0, pread(descriptor, target.baseAddress, count, place))
    }
  }

  /// Collects one record.
  func append(_ record: some Sequence<UInt8>) throws(LogError) {
    buffer.append(contentsOf: record)
    if buffer.count >= Self.room { try flush() }
  }

  /// Writes what was collected.
  func flush() throws(LogError) {
    guard !buffer.isEmpty else { return }
    guard let status = FileStatus(descriptor: descriptor) else { throw failure }
    guard status.names > 0 else { throw .removed(path: path) }
    guard buffer.withUnsafeBytes({ systemWrite(descriptor, $0) }) else {
      let failure = failure
      // Nothing can be done about a cut that fails too.
      _ = ftruncate(descriptor, off_t(status.size))
      throw failure
    }
    length += off_t(buffer.count)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes a small file as a whole.
  static func replace(_ path: String, _ text: String) throws(LogError) {
    do throws(FileFailure) {
      try WholeFile.write(text.utf8, to: path)
    } catch {
      throw .system(error)
    }
  }

  /// Makes a folder with those above it, if it is not there.
  static func makeFolder(_ path: String) throws(LogError) {
    guard FileGate.makeFolder(path) != 0 else { return }
    let failure = FileGate.failure(path)
    if FileStatus(path) != nil { throw .notAFolder(path: path) }
    throw .system(failure)
  }
}
