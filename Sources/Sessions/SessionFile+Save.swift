internal import GRDB

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension SessionFile {
  /// Writes the whole session; a session file at `path` is replaced when the new one is on disk, and
  /// is as it was if anything fails. A new file is readable by its owner only; a replaced one keeps
  /// its permissions. A symbolic link is followed.
  ///
  /// - Parameter program: The version that the file says it was written by.
  public static func save(
    _ session: Session, to path: String, program: String = program
  ) throws(SessionFileError) {
    try save(session, to: path, program: program, schema: .current, pageLimit: nil)
  }

  /// - Parameter pageLimit: Pages after which the disk counts as full.
  package static func save(
    _ session: Session, to path: String, program: String = program,
    schema: SessionSchema = .current,
    pageLimit: Int?
  ) throws(SessionFileError) {
    let target = try target(path, schema)
    let tensors = TensorGatherer()
    var session = session
    session.journal = session.journal.storable
    let objects = try encode(session, tensors)
    let manifest = SessionManifest(
      program: program, saved: Date().timeIntervalSince1970,
      objects: objects.map { .init(name: $0.name, kind: $0.kind, digest: $0.digest) },
      settings: session.settings, journal: session.journal.digest)
    try FileReplacement.write(target) { temporary throws(SessionFileError) in
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
          try insert(tensors, into: db)
        }
        try queue.close()
      }
    }
  }

  /// Where the file is written: never over anything but a session.
  private static func target(
    _ path: String, _ schema: SessionSchema
  ) throws(SessionFileError) -> String {
    let absolute = absolutePath(path)
    guard !path.isEmpty, !path.utf8.contains(0), split(absolute).name != "" else {
      throw .notAFile(path: path)
    }
    guard let target = resolved(absolute) else {
      let (folder, _) = split(absolute)
      guard resolved(folder) != nil else { throw .noSuchFolder(path: folder) }
      return absolute
    }
    var status = stat()
    if stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == 0 {
      return target
    }
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
    _ session: Session, _ tensors: TensorGatherer
  ) throws(SessionFileError) -> [StoredObject] {
    let encoder = encoder(tensors)
    var objects: [StoredObject] = []
    for name in session.names {
      guard let object = session[name] else { continue }
      do {
        let content: [UInt8]
        switch object {
        case .data(let data): content = Array(try encoder.encode(DataReference(data)))
        case .unavailable(let data): content = Array(try encoder.encode(data.reference))
        case .tasks(let tasks): content = Array(try encoder.encode(tasks))
        case .network(let network): content = Array(try encoder.encode(network))
        case .run(let run): content = Array(try encoder.encode(run))
        case .unknown(let unknown):
          tensors.add(unknown.tensors)
          content = unknown.content
        }
        var used = tensors.take()
        if case .unknown(let unknown) = object { used = unknown.tensors }
        objects.append(
          StoredObject(name: name, kind: object.kind, content: content, tensors: used))
      } catch {
        throw .notEncodable(name: name, reason: reason(of: error))
      }
    }
    return objects
  }

  private static func insert(
    _ manifest: SessionManifest, _ objects: [StoredObject], _ session: Session, into db: Database
  ) throws {
    let text = Array(try encoder(TensorGatherer()).encode(manifest))
    let saved = Date(timeIntervalSince1970: manifest.saved)
    for (name, value) in [
      ("program", manifest.program), ("saved", saved.formatted(.iso8601)),
      ("manifest", String(decoding: text, as: UTF8.self)), ("manifest_digest", digest(of: text)),
    ] {
      try db.execute(sql: "INSERT INTO meta VALUES (?, ?)", arguments: [name, value])
    }
    for (position, (object, entry)) in zip(objects, manifest.objects).enumerated() {
      try db.execute(
        sql: "INSERT INTO objects VALUES (?, ?, ?, ?, ?)",
        arguments: [
          position + 1, object.name, object.kind, entry.digest,
          String(decoding: object.content, as: UTF8.self),
        ])
      for key in object.tensors.keys.sorted() {
        try db.execute(
          sql: "INSERT INTO object_tensors VALUES (?, ?)", arguments: [object.name, key])
      }
      if case .run(let run)? = session[object.name] {
        try RunRows(name: object.name, run).insert(into: db)
      }
    }
    let entry = try db.makeStatement(sql: "INSERT INTO journal VALUES (?, ?, ?, ?)")
    for (number, command) in session.journal.enumerated() {
      try entry.execute(
        arguments: [number + 1, command.command, command.time, command.seconds])
    }
  }

  private static func insert(_ tensors: TensorGatherer, into db: Database) throws {
    // An empty array would be bound as NULL.
    let statement = try db.makeStatement(sql: "INSERT INTO tensors VALUES (?, ?, COALESCE(?, x''))")
    for (key, elements) in tensors.all {
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
    } catch {
      throw .notWritable(path: path, reason: reason(of: error))
    }
  }
}
