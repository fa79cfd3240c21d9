internal import GRDB
internal import GRDBSQLite
internal import System

/// A session file as it lies on disk, read once and as a whole: what other programs do to the file
/// afterwards, and files beside it that SQLite would take for its own (`-journal`, `-wal`, `-shm`), change
/// nothing.
struct SessionBytes {
  let header: SessionHeader
  private let memory: Memory

  /// - Parameter path: Absolute.
  init(_ path: String, known: Int) throws(SessionFileError) {
    let descriptor = try SessionHeader.open(path)
    defer { close(descriptor) }
    let written = try SessionHeader(descriptor, path)
    guard let memory = Memory(descriptor, count: written.size) else {
      throw .unreadable(path: path, reason: systemError(errno))
    }
    if written.isSplit, let log = WriteAheadLog(beside: path) {
      guard log.apply(to: memory) else {
        throw .unreadable(path: path, reason: systemError(errno))
      }
    }
    // The first page may be the log's.
    guard let header = SessionHeader(memory.bytes, size: memory.bytes.count), header.format > 0
    else { throw .notASession(path: path) }
    guard header.format <= known else {
      throw .newerFormat(path: path, format: header.format, known: known)
    }
    if let expected = header.expectedSize, header.size < expected {
      throw .cutShort(path: path, expected: expected, found: written.size)
    }
    // A database in memory has no write-ahead mode.
    memory.bytes[18] = 1
    memory.bytes[19] = 1
    self.header = header
    self.memory = memory
  }

  /// The database in memory, which cannot be written to.
  func database() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { [memory] db in
      _ = memory
      try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }
    let queue = try DatabaseQueue(configuration: configuration)
    try queue.writeWithoutTransaction { db in
      let bytes = memory.bytes
      let code = sqlite3_deserialize(
        db.sqliteConnection, "main", bytes.baseAddress, Int64(bytes.count), Int64(bytes.count),
        UInt32(SQLITE_DESERIALIZE_READONLY))
      guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
      db.clearSchemaCache()
    }
    return queue
  }

  /// The bytes of a file, where a database can read them; its configuration keeps them for as long as it
  /// is open. SQLite's own memory ends at 2 GiB.
  final class Memory: Sendable {
    /// Nothing changes them any more when there is a database.
    nonisolated(unsafe) private(set) var bytes: UnsafeMutableBufferPointer<UInt8>

    /// Reads an open file; nil if that fails, for the reason in `errno`.
    init?(_ descriptor: Int32, count: Int) {
      guard let start = malloc(max(1, count)) else { return nil }
      bytes = UnsafeMutableBufferPointer(
        start: start.bindMemory(to: UInt8.self, capacity: count), count: count)
      guard let got = SessionBytes.read(descriptor, into: bytes) else { return nil }
      bytes = UnsafeMutableBufferPointer(rebasing: bytes[..<got])
    }

    deinit { free(bytes.baseAddress) }

    /// Makes room for so many bytes, new ones being 0, or cuts off those behind them; false if there is
    /// none.
    func resize(to count: Int) -> Bool {
      guard let start = realloc(bytes.baseAddress, max(1, count)) else { return false }
      let old = bytes.count
      bytes = UnsafeMutableBufferPointer(
        start: start.bindMemory(to: UInt8.self, capacity: count), count: count)
      if count > old { bytes[old...].update(repeating: 0) }
      return true
    }
  }

  /// Reads an open file from its beginning as far as there is room; the number of bytes, or nil.
  static func read(_ descriptor: Int32, into room: UnsafeMutableBufferPointer<UInt8>) -> Int? {
    var filled = 0
    while filled < room.count {
      let rest = UnsafeMutableRawBufferPointer(
        UnsafeMutableBufferPointer(rebasing: room[filled...]))
      let got = pread(descriptor, rest.baseAddress, rest.count, off_t(filled))
      if got < 0, errno == EINTR { continue }
      if got < 0 { return nil }
      if got == 0 { break }
      filled += got
    }
    return filled
  }
}
