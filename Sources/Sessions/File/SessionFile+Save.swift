internal import Foundation
internal import GRDB
internal import System

extension SessionFile {
  /// Writes the whole session; a session file at `path` is replaced when the new one is on disk, and
  /// is as it was if anything fails. A new file is readable by its owner only; a replaced one keeps
  /// its permissions. A symbolic link is followed.
  ///
  /// - Parameters:
  ///   - program: The version that the file says it was written by.
  ///   - lock: The lock on the file that is replaced, if this process has it.
  ///   - replaced: What may be replaced besides the file of that lock.
  ///   - isCancelled: Asked between pieces of work; true leaves the old file as it was.
  /// - Returns: The lock on the file that was written; who keeps it keeps others from replacing it.
  @discardableResult
  public static func save(
    _ session: Session, to path: String, program: String = program,
    holding lock: SessionLock? = nil, replacing replaced: Replacement = .anything,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(SessionFileError) -> SessionLock {
    try save(
      session, to: path, program: program, schema: .current, pageLimit: nil, holding: lock,
      replacing: replaced, isCancelled: isCancelled)
  }

  /// Tells before any work what keeps every session from being saved at a path: there is no folder, or
  /// a file that must stay, or another process has the file.
  public static func checkCanSave(to path: String) throws(SessionFileError) {
    _ = try FileReplacement.locked(try target(path, .current), nil)
  }

  /// - Parameter pageLimit: Pages after which the disk counts as full.
  @discardableResult
  package static func save(
    _ session: Session, to path: String, program: String = program,
    schema: SessionSchema = .current, pageLimit: Int?, holding lock: SessionLock? = nil,
    replacing replaced: Replacement = .anything,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(SessionFileError) -> SessionLock {
    let target = try target(path, schema)
    let tensors = TensorTable()
    var session = session
    session.journal = session.journal.storable
    let objects = try encode(session, tensors)
    let journal = try rows(of: session.journal)
    let manifest = SessionManifest(
      program: program, machine: session.machine, saved: Date().timeIntervalSince1970,
      objects: objects.map { .init(name: $0.name, kind: $0.kind, digest: $0.digest) },
      settings: session.settings, journal: journal.digest,
      runsEverMade: session.runsEverMade)
    return try FileReplacement.write(target, holding: lock, replacing: replaced) {
      temporary throws(SessionFileError) in
      try writing(target) {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
          // The file is nobody's until it is renamed: it needs no journal.
          try db.execute(
            sql: """
              PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
              PRAGMA temp_store = MEMORY; PRAGMA locking_mode = EXCLUSIVE
              """)
          if let pageLimit { try db.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
        }
        let queue = try DatabaseQueue(path: temporary, configuration: configuration)
        try queue.write { db in
          try schema.make(db)
          try insert(manifest, objects, session, into: db)
          for (number, row) in journal.enumerated() {
            try db.add("journal", number + 1, row.command, row.time, row.seconds, row.details)
          }
          try insert(tensors, into: db, isCancelled)
          for name in session.names where session.embedded.contains(name) {
            guard case .data(let data)? = session[name] else { continue }
            try EmbeddedImages.insert(data, into: db, isCancelled: isCancelled)
          }
        }
        try queue.close()
      }
    }
  }

  /// Where the file is written: never over anything but a session.
  private static func target(
    _ path: String, _ schema: SessionSchema
  ) throws(SessionFileError) -> String {
    let absolute = FilePath.absolute(path)
    guard !path.utf8.contains(0), FilePath.split(absolute).name != "" else {
      throw .notAFile(path: path)
    }
    guard let target = FilePath.real(absolute) else {
      do throws(FileFailure) {
        try FileGate.check(path)
      } catch {
        throw .noPlace(error)
      }
      return absolute
    }
    if let status = FileStatus(target), status.isRegular, status.size == 0 { return target }
    let header: SessionHeader
    do throws(SessionFileError) {
      header = try SessionHeader(target)
    } catch .notASession {
      throw .foreignFile(path: path)
    }
    guard header.format <= schema.format else {
      throw .replacesNewer(path: path, format: header.format, known: schema.format)
    }
    return target
  }

  private static func encode(
    _ session: Session, _ tensors: TensorTable
  ) throws(SessionFileError) -> [StoredObject] {
    let encoder = encoder(tensors)
    var objects: [StoredObject] = []
    for name in session.names {
      guard let object = session[name] else { continue }
      let value: any Encodable
      switch object {
      case .data(let data):
        value = DataReference(data, isEmbedded: session.embedded.contains(name))
      case .unavailable(let data): value = data.reference
      case .tasks(let tasks): value = tasks
      case .network(let network): value = network
      case .run(let run): value = run
      case .table(let table): value = table
      case .unknown(let unknown):
        tensors.add(unknown.tensors)
        objects.append(
          StoredObject(
            name: name, kind: unknown.kind, content: unknown.content, tensors: unknown.tensors))
        continue
      }
      do {
        let content = Array(try encoder.encode(value))
        objects.append(
          StoredObject(name: name, kind: object.kind, content: content, tensors: tensors.take()))
      } catch {
        throw .notEncodable(name: name, reason: reason(of: error))
      }
    }
    return objects
  }

  private static func insert(
    _ manifest: SessionManifest, _ objects: [StoredObject], _ session: Session, into db: Database
  ) throws {
    let text = Array(try encoder().encode(manifest))
    let saved = Date(timeIntervalSince1970: manifest.saved)
    for (name, value) in [
      ("program", manifest.program), ("saved", saved.formatted(.iso8601)),
      ("manifest", String(decoding: text, as: UTF8.self)), ("manifest_digest", digest(of: text)),
    ] {
      try db.add("meta", name, value)
    }
    for (position, (object, entry)) in zip(objects, manifest.objects).enumerated() {
      try db.add(
        "objects", position + 1, object.name, object.kind, entry.digest,
        String(decoding: object.content, as: UTF8.self))
      for key in object.tensors.keys.sorted() { try db.add("object_tensors", object.name, key) }
      if case .run(let run)? = session[object.name] {
        try db.addFigures(of: run, named: object.name)
      }
    }
  }

  private static func rows(
    of journal: [JournalEntry]
  ) throws(SessionFileError) -> [JournalRow] {
    do {
      return try journal.map { try JournalRow($0) }
    } catch {
      throw .notEncodable(name: "journal", reason: reason(of: error))
    }
  }

  private static func insert(
    _ tensors: TensorTable, into db: Database, _ isCancelled: () -> Bool
  ) throws {
    // An empty array would be bound as NULL.
    let statement = try db.makeStatement(sql: "INSERT INTO tensors VALUES (?, ?, COALESCE(?, x''))")
    for (key, elements) in tensors.all {
      if isCancelled() { throw CancellationError() }
      let bytes = elements.withUnsafeBytes { Data($0) }
      try statement.execute(arguments: [key, elements.count, bytes])
    }
  }

  /// Does `body`, with what SQLite throws as facts about the target.
  private static func writing(
    _ path: String, _ body: () throws -> Void
  ) throws(SessionFileError) {
    do {
      try body()
    } catch let error as DatabaseError {
      // SQLite's last word on a disk without room may be an input/output error.
      if error.resultCode == .SQLITE_FULL { throw .diskFull(path: path) }
      throw .notWritable(path: path, reason: error.message ?? error.resultCode.description)
    } catch is CancellationError {
      throw .stopped(path: path)
    } catch {
      throw .notWritable(path: path, reason: reason(of: error))
    }
  }
}
