internal import Foundation
internal import GRDB
internal import Tensors

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

  /// Whether a file begins as sessions do.
  public static func isSession(_ path: String) -> Bool { (try? SessionHeader(path)) != nil }

  /// Opens the database in memory, as the file is now; files that are no sessions, newer, or cut short are
  /// refused first.
  ///
  /// - Parameter path: Absolute.
  static func open(
    _ path: String, schema: SessionSchema
  ) throws(SessionFileError) -> DatabaseQueue {
    let file = try SessionBytes(path, known: schema.format)
    let format = file.header.format
    return try reading(path) {
      let queue = try file.database()
      guard try queue.read({ try schema.describes($0, format: format) }) else {
        throw SessionFileError.damaged(path: path, reason: "its tables are not those of a session")
      }
      if format == schema.format { return queue }
      let memory = try DatabaseQueue()
      try queue.backup(to: memory)
      try memory.write { try schema.migrate($0, from: format) }
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

  static func encoder(_ storage: TensorTable = TensorTable()) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.userInfo[.tensorStorage] = storage
    return encoder
  }

  static func decoder(_ storage: TensorTable = TensorTable()) -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    decoder.userInfo[.tensorStorage] = storage
    return decoder
  }
}
