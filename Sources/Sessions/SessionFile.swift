internal import GRDB
internal import Tensors

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Session files: one SQLite database each, written whole or not at all.
///
/// What a restore needs lies in `objects` (JSON), `tensors` (arrays of 32-bit floats under their
/// SHA-256), `images` (of embedded data sets), `journal` and `meta`, all under digests. Beside it, for
/// `sqlite3`, pandas or DuckDB: `runs`, `tasks`, `checkpoints`, `epochs`, `accuracies`, `options`,
/// `results`, `figures`, `settings`; tasks and epochs count from 1.
public enum SessionFile {
  public static let pathExtension = "waymark"

  /// The version of this program, as files name it.
  public static let program = "0.1"

  /// Opens the database without changing it; files that are no sessions, newer, or cut short are
  /// refused first.
  ///
  /// - Parameter path: Absolute.
  static func open(
    _ path: String, schema: SessionSchema
  ) throws(SessionFileError) -> DatabaseQueue {
    let header = try SessionHeader(path)
    guard header.format > 0 else { throw .notASession(path: path) }
    guard header.format <= schema.format else {
      throw .newerFormat(path: path, format: header.format, known: schema.format)
    }
    if let expected = header.expectedSize, header.size < expected {
      throw .cutShort(path: path, expected: expected, found: header.size)
    }
    guard !header.isSplit else {
      throw .damaged(path: path, reason: "it is in write-ahead mode")
    }
    return try reading(path) {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { db in
        try db.execute(
          sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      guard try queue.read({ try schema.describes($0, format: header.format) }) else {
        throw SessionFileError.damaged(path: path, reason: "its tables are not those of a session")
      }
      if header.format == schema.format { return queue }
      let memory = try DatabaseQueue()
      try queue.backup(to: memory)
      try memory.write { try schema.migrate($0, from: header.format) }
      return memory
    }
  }

  /// Does `body`, with what SQLite throws as facts about the file.
  static func reading<Result>(
    _ path: String, _ body: () throws -> Result
  ) throws(SessionFileError) -> Result {
    do {
      return try body()
    } catch let error as SessionFileError {
      throw error
    } catch let error as DatabaseError {
      let reason = error.message ?? error.resultCode.description
      switch error.resultCode {
      case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PERM,
        .SQLITE_AUTH, .SQLITE_READONLY:
        throw .unreadable(path: path, reason: reason)
      default: throw .damaged(path: path, reason: reason)
      }
    } catch {
      throw .damaged(path: path, reason: reason(of: error))
    }
  }

  static func encoder(_ storage: TensorGatherer) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.userInfo[.tensorStorage] = storage
    return encoder
  }

  static func decoder(_ storage: TensorShelf) -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    decoder.userInfo[.tensorStorage] = storage
    return decoder
  }
}
