internal import CArchive

/// Reads the entries of a zip archive one after the other, in place, through libarchive.
///
/// Archives must have their table of contents (which stands at the end): one that was cut short is
/// refused, and the error names the last entry that can still be read.
package struct ArchiveReader: ~Copyable {
  /// The name of the current entry; empty before the first.
  package private(set) var name = ""
  private let file: ArchiveHandle
  private var entry: OpaquePointer?

  package init(_ path: String) throws(DataSetError) {
    try self.init(path, complete: true)
  }

  private init(_ path: String, complete: Bool) throws(DataSetError) {
    let file = try ArchiveHandle(path) {
      _ =
        complete
        ? archive_read_support_format_zip_seekable($0)
        : archive_read_support_format_zip_streamable($0)
    }
    guard file.isOpen else {
      throw complete && file.size > 0
        ? Self.cutShort(path) : .damagedArchive(path: path, entry: nil, reason: file.reason)
    }
    self.file = file
  }

  /// Goes to the next entry without making its name.
  package mutating func skip() throws(DataSetError) -> Bool {
    let status = archive_read_next_header(file.pointer, &entry)
    if status == ARCHIVE_EOF { return false }
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
      throw damage(file.reason)
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
      let count = buffer.append(room) { file.read(into: $0) }
      if count == 0 { break }
      guard count > 0 else { throw damage(file.reason) }
      guard buffer.count <= limit else { throw tooLarge(limit) }
    }
    guard announced == 0 || buffer.count == announced else {
      throw damage("\(buffer.count) bytes instead of \(announced)")
    }
  }

  private func tooLarge(_ limit: Int) -> DataSetError {
    damage("it is larger than \(limit >> 20 > 0 ? "\(limit >> 20) MB" : "\(limit) bytes")")
  }

  /// Walks an archive without a table of contents as far as it goes.
  private static func cutShort(_ path: String) -> DataSetError {
    guard var reader = try? ArchiveReader(path, complete: false) else {
      return .damagedArchive(path: path, entry: nil, reason: "it is not a zip archive")
    }
    while (try? reader.next()) == true {}
    return reader.damage("the end is missing")
  }

  /// At the current entry.
  private func damage(_ reason: String) -> DataSetError {
    .damagedArchive(path: file.path, entry: name.isEmpty ? nil : name, reason: reason)
  }
}
