internal import Datasets
internal import Foundation
internal import GRDB

/// What was read of a session file, its digests compared, nothing decoded yet.
struct StoredSession {
  /// Nil if it is damaged.
  var manifest: SessionManifest?
  var objects: [(entry: SessionManifest.Entry, content: Result<StoredObject, any Error>)] = []
  /// Nil if it is damaged.
  var journal: [JournalEntry]?
  /// Data sets whose images the file carries, by object.
  var embedded: [String: DataSet] = [:]
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
    let manifest = try? SessionFile.decoder().decode(
      SessionManifest.self, from: Data(text.utf8))
    return manifest.flatMap { $0.saved.isFinite ? $0 : nil }
  }

  private func meta(_ name: String) -> String? {
    let row = try? Row.fetchOne(
      db, sql: "SELECT value FROM meta WHERE name = ? AND length(value) <= ?",
      arguments: [name, limit])
    return row?.value("value")
  }

  /// The objects that the rows themselves name.
  func entries() -> [SessionManifest.Entry] {
    var entries: [SessionManifest.Entry] = []
    do {
      let rows = try Row.fetchCursor(
        db, sql: "SELECT name, kind, digest FROM objects ORDER BY position")
      while let row = try rows.next() {
        guard let name: String = row.value("name"), let kind: String = row.value("kind"),
          let digest: String = row.value("digest")
        else { continue }
        entries.append(.init(name: name, kind: kind, digest: digest))
      }
    } catch {
      // The rows before the damage are kept; the report says that some may be missing.
    }
    return entries
  }

  /// - Parameter position: Where the object should stand; the index on names may be damaged.
  mutating func object(
    _ entry: SessionManifest.Entry, position: Int
  ) throws -> StoredObject {
    let sql = "SELECT position, length(content) AS size FROM objects WHERE "
    let found =
      try Row.fetchOne(
        db, sql: sql + "position = ? AND name = ?", arguments: [position, entry.name])
      ?? Row.fetchOne(db, sql: sql + "name = ?", arguments: [entry.name])
    guard let found else { throw RestoreReport.Damage.missing }
    try check(size: found.value("size") ?? 0)
    let row = try Row.fetchOne(
      db, sql: "SELECT content FROM objects WHERE position = ?",
      arguments: [found["position"] as DatabaseValue])
    guard let content: String = row?.value("content") else { throw RestoreReport.Damage.changed }
    let keys: [String] = try Row.fetchAll(
      db, sql: "SELECT tensor FROM object_tensors WHERE object = ?", arguments: [entry.name]
    ).compactMap { $0.value("tensor") }
    var object = StoredObject(
      name: entry.name, kind: entry.kind, content: Array(content.utf8),
      tensors: Dictionary(keys.map { ($0, []) }) { first, _ in first })
    guard object.digest == entry.digest else { throw RestoreReport.Damage.changed }
    for key in keys { object.tensors[key] = try tensor(key) }
    return object
  }

  /// Before memory is taken.
  private func check(size: Int) throws {
    guard size <= limit else { throw RestoreReport.Damage.tooLarge(bytes: size, limit: limit) }
  }

  private mutating func tensor(_ key: String) throws -> [Float] {
    if let known = tensors[key] { return known }
    let damage = RestoreReport.Damage.tensor(key)
    let sizes = try Row.fetchOne(
      db, sql: "SELECT count, length(elements) AS size FROM tensors WHERE digest = ?",
      arguments: [key])
    guard let count: Int = sizes?.value("count"), let size: Int = sizes?.value("size")
    else { throw damage }
    try check(size: size)
    guard size % 4 == 0, count == size / 4,
      let bytes: Data = try Row.fetchOne(
        db, sql: "SELECT elements FROM tensors WHERE digest = ?", arguments: [key]
      )?.value("elements"), bytes.count == size
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
      let reference = try? SessionFile.decoder().decode(
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
        guard let command: String = row.value("command"), let time: Double = row.value("time"),
          let seconds: Double = row.value("seconds"), let details: String = row.value("details")
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
