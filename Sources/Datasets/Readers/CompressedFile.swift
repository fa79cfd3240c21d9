internal import CArchive
internal import System

/// A file that may be compressed by gzip, read from the front.
struct CompressedFile: ~Copyable {
  let path: String
  /// Bytes read so far, after decompression.
  private(set) var place = 0
  private let handle: OpaquePointer
  private let descriptor: CInt

  init(_ path: String) throws(DataSetError) {
    guard let status = FileStatus(path) else { throw .noSuchPath(path: path) }
    guard !status.isFolder else { throw .unreadable(path: path, reason: "it is a folder") }
    let descriptor = try LocalFile.opened(path).descriptor
    guard let handle = archive_read_new() else {
      systemClose(descriptor)
      throw .unreadable(path: path, reason: "out of memory")
    }
    archive_read_support_filter_gzip(handle)
    archive_read_support_format_raw(handle)
    archive_read_support_format_empty(handle)
    var entry: OpaquePointer?
    guard archive_read_open_fd(handle, descriptor, 1 << 16) == ARCHIVE_OK,
      [ARCHIVE_OK, ARCHIVE_WARN, ARCHIVE_EOF].contains(archive_read_next_header(handle, &entry))
    else {
      let reason = archive_error_string(handle).map { String(cString: $0) } ?? "damaged data"
      archive_read_free(handle)
      systemClose(descriptor)
      throw .unreadable(path: path, reason: reason)
    }
    self.path = path
    self.handle = handle
    self.descriptor = descriptor
  }

  deinit {
    archive_read_free(handle)
    systemClose(descriptor)
  }

  /// Exactly `count` bytes.
  ///
  /// - Parameter what: What they are, for the error if they are not all there.
  mutating func read(_ count: Int, _ what: String) throws(DataSetError) -> [UInt8] {
    var failure: String?
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(count, 1 << 20))
    // Memory is taken for what is there, not for what a header says.
    while bytes.count < count {
      let wanted = min(piece.count, count - bytes.count)
      let got = archive_read_data(handle, &piece, wanted)
      if got < 0 {
        failure = archive_error_string(handle).map { String(cString: $0) } ?? "damaged data"
      }
      guard got > 0 else { break }
      bytes += piece[..<got]
    }
    place += bytes.count
    guard bytes.count == count else {
      throw .damagedFile(
        path: path, place: "byte \(place)",
        reason: failure ?? "it ends within \(what), \(count - bytes.count) bytes are missing")
    }
    return bytes
  }

  /// - Throws: If something follows.
  mutating func expectEnd() throws(DataSetError) {
    var byte: UInt8 = 0
    guard archive_read_data(handle, &byte, 1) == 0 else {
      throw .damagedFile(path: path, place: "byte \(place)", reason: "more follows than it says")
    }
  }
}
