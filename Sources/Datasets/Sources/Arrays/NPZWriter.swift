internal import CArchive
public import System

/// Writes arrays into an npz archive, which `numpy.load` reads: an npy file for each, not compressed.
public struct NPZWriter: ~Copyable {
  /// Why an archive could not be written.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    case file(FileFailure)
    /// What libarchive answered.
    case archive(path: String, reason: String)

    public var description: String {
      switch self {
      case .file(let failure): failure.description
      case .archive(let path, let reason): "\(path): \(reason)"
      }
    }
  }

  private let path: String
  private let file: WholeFile
  private let handle: OpaquePointer

  /// Begins an archive; `finish` puts it in its place.
  public init(_ path: String) throws(Failure) {
    let file: WholeFile
    do throws(FileFailure) {
      file = try WholeFile(path)
    } catch {
      throw .file(error)
    }
    guard let handle = archive_write_new() else {
      throw .archive(path: path, reason: "out of memory")
    }
    archive_write_set_format_zip(handle)
    archive_write_set_options(handle, "zip:compression=store")
    guard archive_write_open_fd(handle, file.descriptor) == ARCHIVE_OK else {
      let reason =
        archive_error_string(handle).map { String(cString: $0) } ?? "it cannot be written"
      archive_write_free(handle)
      throw .archive(path: path, reason: reason)
    }
    self.path = path
    self.file = file
    self.handle = handle
  }

  deinit { archive_write_free(handle) }

  public mutating func add(_ name: String, _ numbers: [UInt8], shape: [Int]) throws(Failure) {
    try add(name, NumPyHeader(type: "|u1", shape: shape), numbers)
  }

  public mutating func add(_ name: String, _ numbers: [Float], shape: [Int]) throws(Failure) {
    try add(name, NumPyHeader(type: "<f4", shape: shape), numbers)
  }

  public mutating func add(_ name: String, _ numbers: [Int]) throws(Failure) {
    try add(name, NumPyHeader(type: "<i8", shape: [numbers.count]), numbers.map(Int64.init))
  }

  public mutating func add(_ name: String, _ texts: [String]) throws(Failure) {
    let scalars = texts.map { $0.unicodeScalars.map(\.value) }
    let length = max(1, scalars.map(\.count).max() ?? 1)
    let codes = scalars.flatMap { $0 + Array(repeating: 0, count: length - $0.count) }
    try add(name, NumPyHeader(type: "<U\(length)", shape: [texts.count]), codes)
  }

  private mutating func add<Number: BitwiseCopyable>(
    _ name: String, _ header: NumPyHeader, _ numbers: [Number]
  ) throws(Failure) {
    let front = header.bytes
    let size = front.count + numbers.count * MemoryLayout<Number>.stride
    let entry = archive_entry_new()
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, name + ".npy")
    archive_entry_set_size(entry, la_int64_t(size))
    // A regular file.
    archive_entry_set_filetype(entry, 0o100000)
    archive_entry_set_perm(entry, 0o644)
    guard archive_write_header(handle, entry) == ARCHIVE_OK else { throw failure() }
    guard front.withUnsafeBytes({ write($0) }), numbers.withUnsafeBytes({ write($0) }) else {
      throw failure()
    }
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

  public mutating func finish() throws(Failure) {
    guard archive_write_close(handle) == ARCHIVE_OK else { throw failure() }
    do throws(FileFailure) {
      try file.finish()
    } catch {
      throw .file(error)
    }
  }

  private func failure() -> Failure {
    .archive(
      path: path,
      reason: archive_error_string(handle).map { String(cString: $0) } ?? "it cannot be written")
  }
}

extension DataSet {
  /// Writes the images as they are before the transform, labels, class names and tracks.
  public func writeNPZ(to path: String) throws(NPZWriter.Failure) {
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
}
