internal import CArchive
public import System

/// Writes arrays into an npz archive, which `numpy.load` reads: an npy file for each, not compressed.
public struct NPZWriter: ~Copyable {
  private let path: String
  private let file: WholeFile
  private let handle: OpaquePointer

  /// Begins an archive; `finish` puts it in its place.
  public init(_ path: String) throws(FileFailure) {
    let file = try WholeFile(path)
    guard let handle = archive_write_new() else { throw FileFailure(path: path, code: ENOMEM) }
    archive_write_set_format_zip(handle)
    archive_write_set_options(handle, "zip:compression=store")
    guard archive_write_open_fd(handle, file.descriptor) == ARCHIVE_OK else {
      defer { archive_write_free(handle) }
      throw Self.failure(path, handle)
    }
    self.path = path
    self.file = file
    self.handle = handle
  }

  deinit { archive_write_free(handle) }

  public mutating func add(_ name: String, _ numbers: [UInt8], shape: [Int]) throws(FileFailure) {
    try add(name, NumPyHeader(type: "|u1", shape: shape), numbers)
  }

  public mutating func add(_ name: String, _ numbers: [Float], shape: [Int]) throws(FileFailure) {
    try add(name, NumPyHeader(type: "<f4", shape: shape), numbers)
  }

  public mutating func add(_ name: String, _ numbers: [Int]) throws(FileFailure) {
    try add(name, NumPyHeader(type: "<i8", shape: [numbers.count]), numbers.map(Int64.init))
  }

  public mutating func add(_ name: String, _ texts: [String]) throws(FileFailure) {
    let scalars = texts.map { $0.unicodeScalars.map(\.value) }
    let length = max(1, scalars.map(\.count).max() ?? 1)
    let codes = scalars.flatMap { $0 + Array(repeating: 0, count: length - $0.count) }
    try add(name, NumPyHeader(type: "<U\(length)", shape: [texts.count]), codes)
  }

  private mutating func add<Number: BitwiseCopyable>(
    _ name: String, _ header: NumPyHeader, _ numbers: [Number]
  ) throws(FileFailure) {
    let front = header.bytes
    let size = front.count + numbers.count * MemoryLayout<Number>.stride
    let entry = archive_entry_new()
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, name + ".npy")
    archive_entry_set_size(entry, la_int64_t(size))
    // A regular file.
    archive_entry_set_filetype(entry, 0o100000)
    archive_entry_set_perm(entry, 0o644)
    try check(archive_write_header(handle, entry))
    let isWritten = front.withUnsafeBytes { write($0) } && numbers.withUnsafeBytes { write($0) }
    try check(isWritten ? ARCHIVE_OK : ARCHIVE_FAILED)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 24))
      let count = archive_write_data(handle, piece.baseAddress, piece.count)
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  public mutating func finish() throws(FileFailure) {
    try check(archive_write_close(handle))
    try file.finish()
  }

  private func check(_ status: CInt) throws(FileFailure) {
    guard status == ARCHIVE_OK else { throw Self.failure(path, handle) }
  }

  private static func failure(_ path: String, _ handle: OpaquePointer) -> FileFailure {
    let code = archive_errno(handle)
    return FileFailure(path: path, code: code > 0 ? code : EIO)
  }
}

extension DataSet {
  /// Writes the images as they are before the transform, labels, class names and tracks.
  public func writeNPZ(to path: String) throws(FileFailure) {
    var writer = try NPZWriter(path)
    for (name, set) in [("train", train), ("test", test)] {
      try writer.add(
        name + "_images", set.pixels,
        shape: [set.count, set.shape.height, set.shape.width, set.shape.channels])
      try writer.add(name + "_labels", set.labels)
      if !set.tracks.isEmpty { try writer.add(name + "_tracks", set.tracks) }
    }
    try writer.add("class_names", classNames)
    try writer.finish()
  }

  /// Writes some images of the training split in the same form, and their positions in it.
  public func writeNPZ(ofTraining images: [Int], to path: String) throws(FileFailure) {
    var writer = try NPZWriter(path)
    let shape = train.shape
    try writer.add(
      "train_images", images.flatMap { train.image(at: $0) },
      shape: [images.count, shape.height, shape.width, shape.channels])
    try writer.add("train_labels", images.map { train.labels[$0] })
    if !train.tracks.isEmpty { try writer.add("train_tracks", images.map { train.tracks[$0] }) }
    try writer.add("positions", images)
    try writer.add("class_names", classNames)
    try writer.finish()
  }
}
