internal import Datasets
internal import GRDB

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What was read of a session file, its digests compared, nothing decoded yet.
struct StoredSession {
  /// Nil if it is damaged.
  var manifest: SessionManifest?
  var objects: [(entry: SessionManifest.Entry, content: Result<StoredObject, Loss>)] = []
  /// Nil if it is damaged.
  var journal: [JournalEntry]?
  /// Data sets whose images the file carries, by object.
  var embedded: [String: DataSet] = [:]

  struct Loss: Error {
    var damage: RestoreReport.Damage
  }
}

/// Reads rows of which nothing is certain.
struct SessionReader {
  let db: Database
  /// No value can be larger than the file.
  let limit: Int
  private var tensors: [String: [Float]] = [:]

  init(_ db: Database) throws {
    self.db = db
    let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
    limit = pages * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
  }

  /// The list of contents, or nil if it is damaged.
  func manifest() -> SessionManifest? {
    guard let text = meta("manifest"), let wanted = meta("manifest_digest"),
      digest(of: Array(text.utf8)) == wanted
    else { return nil }
    let manifest = try? SessionFile.decoder(TensorArchive([:])).decode(
      SessionManifest.self, from: Data(text.utf8))
    return manifest.flatMap { $0.saved.isFinite ? $0 : nil }
  }

  private func meta(_ name: String) -> String? {
    guard
      let row = try? Row.fetchOne(
        db, sql: "SELECT value FROM meta WHERE name = ? AND length(value) <= ?",
        arguments: [name, limit])
    else { return nil }
    return String.fromDatabaseValue(row["value"])
  }

  /// The objects that the rows themselves name.
  func entries() -> [SessionManifest.Entry] {
    var entries: [SessionManifest.Entry] = []
    do {
      let rows = try Row.fetchCursor(
        db, sql: "SELECT name, kind, digest FROM objects ORDER BY position")
      while let row = try rows.next() {
        guard let name = String.fromDatabaseValue(row["name"]),
          let kind = String.fromDatabaseValue(row["kind"]),
          let digest = String.fromDatabaseValue(row["digest"])
        else { continue }
        entries.append(.init(name: name, kind: kind, digest: digest))
      }
    } catch {
      // The rows before the damage are kept; the report says that some may be missing.
    }
    return entries
  }

  mutating func object(
    _ entry: SessionManifest.Entry, position: Int
  ) -> Result<StoredObject, StoredSession.Loss> {
    do {
      return .success(try read(entry, position: position))
    } catch let loss as StoredSession.Loss {
      return .failure(loss)
    } catch {
      return .failure(.init(damage: .unreadable(reason(of: error))))
    }
  }

  private mutating func read(_ entry: SessionManifest.Entry, position: Int) throws -> StoredObject {
    // By position first: the index on names may be what is damaged.
    let place = try Row.fetchOne(
      db,
      sql: "SELECT position, length(content) AS size FROM objects WHERE position = ? AND name = ?",
      arguments: [position, entry.name])
    let found =
      try place
      ?? Row.fetchOne(
        db, sql: "SELECT position, length(content) AS size FROM objects WHERE name = ?",
        arguments: [entry.name])
    guard let found else { throw StoredSession.Loss(damage: .missing) }
    let size = Int.fromDatabaseValue(found["size"]) ?? 0
    guard size <= limit else {
      throw StoredSession.Loss(damage: .tooLarge(bytes: size, limit: limit))
    }
    let row = try Row.fetchOne(
      db, sql: "SELECT content FROM objects WHERE position = ?",
      arguments: [found["position"] as DatabaseValue])
    guard let row, let content = String.fromDatabaseValue(row["content"]) else {
      throw StoredSession.Loss(damage: .changed)
    }
    let keys = try Row.fetchAll(
      db, sql: "SELECT tensor FROM object_tensors WHERE object = ?", arguments: [entry.name]
    ).compactMap { String.fromDatabaseValue($0["tensor"]) }
    var object = StoredObject(
      name: entry.name, kind: entry.kind, content: Array(content.utf8),
      tensors: Dictionary(keys.map { ($0, []) }) { first, _ in first })
    guard object.digest == entry.digest else { throw StoredSession.Loss(damage: .changed) }
    for key in keys { object.tensors[key] = try tensor(key) }
    return object
  }

  private mutating func tensor(_ key: String) throws -> [Float] {
    if let known = tensors[key] { return known }
    let damage = StoredSession.Loss(damage: .tensor(key))
    guard
      let sizes = try Row.fetchOne(
        db, sql: "SELECT count, length(elements) AS size FROM tensors WHERE digest = ?",
        arguments: [key]),
      let count = Int.fromDatabaseValue(sizes["count"]),
      let size = Int.fromDatabaseValue(sizes["size"])
    else { throw damage }
    guard size <= limit else {
      throw StoredSession.Loss(damage: .tooLarge(bytes: size, limit: limit))
    }
    guard size % 4 == 0, count == size / 4,
      let row = try Row.fetchOne(
        db, sql: "SELECT elements FROM tensors WHERE digest = ?", arguments: [key]),
      let bytes = Data.fromDatabaseValue(row["elements"]), bytes.count == size
    else { throw damage }
    let elements = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = bytes.copyBytes(to: buffer) / 4
    }
    guard elements.count == count, tensorKey(elements) == key else { throw damage }
    tensors[key] = elements
    return elements
  }

  /// The data set of an object whose images the file carries whole.
  func embedded(_ object: StoredObject) -> DataSet? {
    guard object.kind == Object.Kind.data.rawValue,
      let reference = try? SessionFile.decoder(TensorArchive([:])).decode(
        DataReference.self, from: Data(object.content)), reference.tracksDigest != nil,
      (try? Plausibility.check(reference)) != nil
    else { return nil }
    return (try? EmbeddedImages.read(reference, from: db)) ?? nil
  }

  /// The journal, or nil if it is not the one with this digest.
  func journal(_ wanted: String) -> [JournalEntry]? {
    var entries: [JournalRow] = []
    do {
      let rows = try Row.fetchCursor(
        db, sql: "SELECT command, time, seconds, details FROM journal ORDER BY number")
      while let row = try rows.next() {
        guard let command = String.fromDatabaseValue(row["command"]),
          let time = Double.fromDatabaseValue(row["time"]),
          let seconds = Double.fromDatabaseValue(row["seconds"]),
          let details = String.fromDatabaseValue(row["details"])
        else { return nil }
        entries.append(
          JournalRow(command: command, time: time, seconds: seconds, details: details))
      }
    } catch {
      return nil
    }
    guard entries.digest == wanted, let journal = try? entries.map({ try $0.entry() }),
      (try? journal.forEach(Plausibility.check)) != nil
    else { return nil }
    return journal
  }
}
