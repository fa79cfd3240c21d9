internal import CArchive
internal import System

/// Reads the entries of a zip archive one after the other, in place, through libarchive.
///
/// Archives must have their table of contents (which stands at the end): one that was cut short is
/// refused, and the error names the last entry that can still be read.
package struct ArchiveReader: ~Copyable {
  package let path: String
  /// The name of the current entry; empty before the first.
  package private(set) var name = ""
  private let handle: OpaquePointer
  private let descriptor: CInt
  private var entry: OpaquePointer?

  package init(_ path: String) throws(DataSetError) {
    try self.init(path, complete: true)
  }

  private init(_ path: String, complete: Bool) throws(DataSetError) {
    let (descriptor, size) = try LocalFile.opened(path)
    guard let handle = archive_read_new() else {
      systemClose(descriptor)
      throw .unreadable(path: path, reason: "out of memory")
    }
    if complete {
      archive_read_support_format_zip_seekable(handle)
    } else {
      archive_read_support_format_zip_streamable(handle)
    }
    guard archive_read_open_fd(handle, descriptor, 1 << 16) == ARCHIVE_OK else {
      let reason = Self.reason(handle)
      archive_read_free(handle)
      systemClose(descriptor)
      guard complete, size > 0 else {
        throw .damagedArchive(path: path, entry: nil, reason: reason)
      }
      throw Self.cutShort(path)
    }
    self.path = path
    self.handle = handle
    self.descriptor = descriptor
  }

  deinit {
    archive_read_free(handle)
    systemClose(descriptor)
  }

  /// Goes to the next entry without making its name.
  package mutating func skip() throws(DataSetError) -> Bool {
    let status = archive_read_next_header(handle, &entry)
    if status == ARCHIVE_EOF { return false }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
      throw .damagedArchive(
        path: path, entry: name.isEmpty ? nil : name, reason: Self.reason(handle))
    }
    return true
  }

  /// Goes to the next entry; false at the end.
  package mutating func next() throws(DataSetError) -> Bool {
    guard try skip() else { return false }
    readName()
    return true
  }

  /// Sets `name` after `skip()`.
  package mutating func readName() {
    // The bytes as they stand in the archive first: they need no conversion.
    let text = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)
    name = text.map { String(cString: $0) } ?? ""
  }

  /// Replaces what `buffer` holds by the current entry's bytes, whose checksum is verified.
  ///
  /// - Parameter limit: An entry of more bytes is refused before memory is taken for it.
  package mutating func read(
    into buffer: ByteBuffer, limit: Int = LocalFile.largest
  ) throws(DataSetError) {
    buffer.clear()
    let announced = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : 0
    guard (0...limit).contains(announced) else { throw tooLarge(limit) }
    while true {
      // One byte more than announced, so that the end is met, where the checksum is compared.
      let room = max(announced - buffer.count + 1, 1 << 12)
      let count = buffer.append(room) { archive_read_data(handle, $0.baseAddress, $0.count) }
      if count == 0 { break }
      guard count > 0 else {
        throw .damagedArchive(path: path, entry: name, reason: Self.reason(handle))
      }
      guard buffer.count <= limit else { throw tooLarge(limit) }
    }
    guard announced == 0 || buffer.count == announced else {
      throw .damagedArchive(
        path: path, entry: name, reason: "\(buffer.count) bytes instead of \(announced)")
    }
  }

  private func tooLarge(_ limit: Int) -> DataSetError {
    .damagedArchive(
      path: path, entry: name,
      reason: "it is larger than \(limit >> 20 > 0 ? "\(limit >> 20) MB" : "\(limit) bytes")")
  }

  /// Walks an archive without a table of contents as far as it goes.
  private static func cutShort(_ path: String) -> DataSetError {
    let reason = "the end is missing"
    do {
      var reader = try ArchiveReader(path, complete: false)
      do {
        while try reader.next() {}
      } catch {
        return .damagedArchive(
          path: path, entry: reader.name.isEmpty ? nil : reader.name, reason: reason)
      }
      return .damagedArchive(
        path: path, entry: reader.name.isEmpty ? nil : reader.name, reason: reason)
    } catch {
      return .damagedArchive(path: path, entry: nil, reason: "it is not a zip archive")
    }
  }

  private static func reason(_ handle: OpaquePointer) -> String {
    archive_error_string(handle).map { String(cString: $0) } ?? "damaged data"
  }
}
