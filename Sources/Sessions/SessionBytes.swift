internal import GRDB
internal import GRDBSQLite

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A session file as it lies on disk, read once and as a whole: what other programs do to the file
/// afterwards, and files beside it that SQLite would take for its own (`-journal`, `-wal`, `-shm`), change
/// nothing.
struct SessionBytes {
  let header: SessionHeader
  private var bytes: [UInt8]

  /// - Parameter path: Absolute.
  init(_ path: String, known: Int) throws(SessionFileError) {
    let descriptor = try SessionHeader.open(path)
    defer { close(descriptor) }
    header = try SessionHeader(descriptor, path)
    guard header.format > 0 else { throw .notASession(path: path) }
    guard header.format <= known else {
      throw .newerFormat(path: path, format: header.format, known: known)
    }
    guard let bytes = Self.read(descriptor, count: header.size) else {
      throw .unreadable(path: path, reason: systemReason(errno))
    }
    self.bytes = bytes
    if header.isSplit {
      if let log = WriteAheadLog(beside: path) { log.apply(to: &self.bytes) }
      // A database in memory has no such mode.
      self.bytes[18] = 1
      self.bytes[19] = 1
    }
    if let expected = header.expectedSize, self.bytes.count < expected {
      throw .cutShort(path: path, expected: expected, found: header.size)
    }
  }

  /// The database in memory, which cannot be written to.
  func database() throws -> DatabaseQueue {
    guard let memory = Memory(bytes) else { throw DatabaseError(resultCode: .SQLITE_NOMEM) }
    var configuration = Configuration()
    configuration.prepareDatabase { [memory] db in
      _ = memory
      try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }
    let queue = try DatabaseQueue(configuration: configuration)
    try queue.writeWithoutTransaction { db in
      let code = sqlite3_deserialize(
        db.sqliteConnection, "main", memory.start, memory.count, memory.count,
        UInt32(SQLITE_DESERIALIZE_READONLY))
      guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
      db.clearSchemaCache()
    }
    return queue
  }

  /// What a database is read from; its configuration keeps it for as long as that is open. SQLite's own
  /// memory ends at 2 GiB.
  private final class Memory: Sendable {
    nonisolated(unsafe) let start: UnsafeMutablePointer<UInt8>
    let count: Int64

    init?(_ bytes: [UInt8]) {
      guard let start = malloc(max(1, bytes.count)) else { return nil }
      bytes.withUnsafeBytes {
        if let first = $0.baseAddress { start.copyMemory(from: first, byteCount: $0.count) }
      }
      self.start = start.assumingMemoryBound(to: UInt8.self)
      count = Int64(bytes.count)
    }

    deinit { free(start) }
  }

  /// All bytes of an open file, or nil.
  static func read(_ descriptor: Int32, count: Int) -> [UInt8]? {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let got = pread(descriptor, rest.baseAddress, rest.count, off_t(filled))
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        filled += got
      }
    }
    return failed ? nil : bytes
  }
}
