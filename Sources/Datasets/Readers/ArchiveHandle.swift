internal import CArchive
internal import System

/// A regular file that libarchive reads from the front.
final class ArchiveHandle {
  let path: String
  /// Bytes of the file.
  let size: Int
  /// False if what is in it is of none of the forms.
  let isOpen: Bool
  let pointer: OpaquePointer
  private let descriptor: CInt

  /// - Parameter forms: Names the formats and filters to try.
  init(_ path: String, _ forms: (OpaquePointer) -> Void) throws(DataSetError) {
    let (descriptor, size) = try LocalFile.opened(path)
    guard let pointer = archive_read_new() else {
      systemClose(descriptor)
      throw .unreadable(path: path, reason: "out of memory")
    }
    forms(pointer)
    isOpen = archive_read_open_fd(pointer, descriptor, 1 << 16) == ARCHIVE_OK
    self.path = path
    self.size = size
    self.pointer = pointer
    self.descriptor = descriptor
  }

  deinit {
    archive_read_free(pointer)
    systemClose(descriptor)
  }

  /// What libarchive says of the last failure.
  var reason: String { archive_error_string(pointer).map { String(cString: $0) } ?? "damaged data" }

  /// Reads on in the current entry; the number of bytes, 0 at its end, or less on a failure.
  func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    archive_read_data(pointer, target.baseAddress, target.count)
  }
}
