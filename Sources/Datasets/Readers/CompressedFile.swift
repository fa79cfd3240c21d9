internal import CArchive
internal import System

/// A file that may be compressed by gzip, read from the front.
struct CompressedFile: ~Copyable {
  /// Bytes read so far, after decompression.
  private(set) var place = 0
  private let file: ArchiveHandle

  init(_ path: String) throws(DataSetError) {
    guard let status = FileStatus(path) else { throw .noSuchPath(path: path) }
    guard !status.isFolder else { throw .unreadable(path: path, reason: "it is a folder") }
    let file = try ArchiveHandle(path) {
      archive_read_support_filter_gzip($0)
      archive_read_support_format_raw($0)
      archive_read_support_format_empty($0)
    }
    var entry: OpaquePointer?
    guard file.isOpen,
      [ARCHIVE_OK, ARCHIVE_WARN, ARCHIVE_EOF].contains(
        archive_read_next_header(file.pointer, &entry))
    else { throw .unreadable(path: path, reason: file.reason) }
    self.file = file
  }

  /// What is wrong at a byte, the next one if none is given.
  func fault(at place: Int? = nil, _ reason: String) -> DataSetError {
    .damagedFile(path: file.path, place: "byte \(place ?? self.place)", reason: reason)
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
      let got = piece.withUnsafeMutableBytes { file.read(into: .init(rebasing: $0[..<wanted])) }
      if got < 0 { failure = file.reason }
      guard got > 0 else { break }
      bytes += piece[..<got]
    }
    place += bytes.count
    guard bytes.count == count else {
      throw fault(failure ?? "it ends within \(what), \(count - bytes.count) bytes are missing")
    }
    return bytes
  }

  /// - Throws: If something follows.
  mutating func expectEnd() throws(DataSetError) {
    var byte: UInt8 = 0
    guard withUnsafeMutableBytes(of: &byte, { file.read(into: $0) }) == 0 else {
      throw fault("more follows than it says")
    }
  }
}
