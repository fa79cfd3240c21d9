internal import System

/// Reads of whole local files.
package enum LocalFile {
  /// Nothing that is read as one piece (an image, a table) may be larger.
  package static let largest = 1 << 28

  /// A file's bytes.
  static func read(_ path: String) throws(DataSetError) -> ByteBuffer {
    let buffer = ByteBuffer()
    try read(path, into: buffer)
    return buffer
  }

  /// Replaces what `buffer` holds by the file's bytes.
  static func read(_ path: String, into buffer: ByteBuffer) throws(DataSetError) {
    buffer.clear()
    let (descriptor, announced) = try opened(path)
    defer { systemClose(descriptor) }
    var count = 1
    while count > 0 {
      guard max(announced, buffer.count) <= largest else {
        throw .unreadable(path: path, reason: "it is larger than \(largest >> 20) MB")
      }
      if announced > 0, buffer.count == announced { return }
      count = buffer.append(max(announced - buffer.count, 1)) { systemRead(descriptor, $0) }
    }
    guard count == 0 else { throw .unreadable(path: path, reason: systemError()) }
  }

  /// A descriptor to read a regular file from, and the file's size. Pipes and devices, which could
  /// wait or go on for ever, are refused without waiting.
  package static func opened(
    _ path: String
  ) throws(DataSetError) -> (descriptor: CInt, size: Int) {
    let descriptor = systemOpen(path)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemError()) }
    guard let status = FileStatus(descriptor: descriptor), status.isRegular else {
      systemClose(descriptor)
      throw .unreadable(path: path, reason: "it is not a regular file")
    }
    return (descriptor, status.size)
  }

  static func checkFolder(_ path: String) throws(DataSetError) {
    guard let status = FileStatus(path) else { throw .noSuchPath(path: path) }
    guard status.isFolder else { throw .notAFolder(path: path) }
  }

  /// The first bytes of a regular file, at most `count`; nil where there is none to be read.
  static func beginning(of path: String, count: Int) -> [UInt8]? {
    guard let descriptor = try? opened(path).descriptor else { return nil }
    defer { systemClose(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { systemRead(descriptor, $0) }
    return got < 0 ? nil : Array(bytes.prefix(got))
  }
}
