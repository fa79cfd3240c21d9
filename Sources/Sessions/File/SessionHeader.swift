internal import System

/// What the first 100 bytes of a database say (sqlite.org/fileformat2.html), read without opening
/// it.
struct SessionHeader {
  /// The version of the tables; 0 for none of ours.
  var format: Int
  /// Bytes that the whole file should have, or nil where the header does not say.
  var expectedSize: Int?
  var size: Int
  /// Whether another program put it into write-ahead mode, so that part of the content may lie in a
  /// file beside it.
  var isSplit: Bool

  static let length = 100
  private static let magic = Array("SQLite format 3\0".utf8)

  /// - Throws: `noSuchFile`, `notAFile`, `unreadable`, or `notASession`.
  init(_ path: String) throws(SessionFileError) {
    let descriptor = try Self.open(path)
    defer { close(descriptor) }
    try self.init(descriptor, path)
  }

  /// Opens a file for reading.
  static func open(_ path: String) throws(SessionFileError) -> Int32 {
    let descriptor = systemOpen(path)
    guard descriptor >= 0 else {
      let number = errno
      throw number == ENOENT
        ? .noSuchFile(path: path) : .unreadable(path: path, reason: systemError(number))
    }
    return descriptor
  }

  /// Of an open file.
  init(_ descriptor: Int32, _ path: String) throws(SessionFileError) {
    guard let status = FileStatus(descriptor: descriptor), status.isRegular else {
      throw .notAFile(path: path)
    }
    var bytes = [UInt8](repeating: 0, count: Self.length)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw .unreadable(path: path, reason: systemError(errno)) }
    guard let header = SessionHeader(bytes.prefix(count), size: status.size) else {
      throw .notASession(path: path)
    }
    self = header
  }

  /// Of the first bytes of a file; nil if they are no database of ours.
  init?(_ bytes: some RandomAccessCollection<UInt8>, size: Int) {
    let bytes = Array(bytes.prefix(Self.length))
    func number(_ offset: Int, _ length: Int) -> Int {
      bytes[offset..<offset + length].reduce(0) { $0 << 8 | Int($1) }
    }
    guard bytes.count == Self.length, bytes.starts(with: Self.magic),
      number(68, 4) == SessionSchema.applicationID
    else { return nil }
    self.size = size
    format = number(60, 4)
    isSplit = bytes[18] != 1 || bytes[19] != 1
    let pageSize = number(16, 2) == 1 ? 1 << 16 : number(16, 2)
    expectedSize = number(24, 4) == number(92, 4) ? number(28, 4) * pageSize : nil
  }
}
