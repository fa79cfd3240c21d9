internal import CommandLanguage
public import Datasets
internal import Foundation
internal import GRDB
internal import Learning
internal import Networks
internal import System

extension SessionFile {
  /// Reads a session back, equal to the bit; what cannot be had is named in the report.
  ///
  /// - Parameters:
  ///   - only: The objects wanted; all, if nil.
  ///   - load: Loads or generates a data set. What it throws makes the data set unavailable, except
  ///     for `CancellationError`, which ends the restore.
  /// - Throws: `SessionFileError`, and `CancellationError` from `load`.
  public static func restore(
    from path: String, only: Set<String>? = nil, load: (DataSource) throws -> DataSet
  ) throws -> (Session, RestoreReport) {
    try restore(from: path, only: only, schema: .current, load: load)
  }

  package static func restore(
    from path: String, only: Set<String>? = nil, schema: SessionSchema,
    load: (DataSource) throws -> DataSet
  ) throws -> (Session, RestoreReport) {
    let stored = try read(path, only: only, schema)
    var session = Session()
    var report = RestoreReport(saved: stored.manifest?.saved, program: stored.manifest?.program)
    if let manifest = stored.manifest {
      if (try? Plausibility.check(manifest.settings)) != nil {
        session.settings = manifest.settings
      } else {
        report.notes.append(.settingsLost)
      }
      session.machine = manifest.machine
    } else {
      report.notes.append(.contentsLost)
    }
    if let journal = stored.journal {
      session.journal = journal
    } else if stored.manifest != nil {
      report.notes.append(.journalLost)
    }
    // What is derived from the same files is made of them at once.
    var files: [DataSource: DataSet] = [:]
    func data(_ source: DataSource) throws -> DataSet {
      let root = source.root
      let known = try files[root] ?? load(root)
      files[root] = known
      return try source.data(from: known)
    }
    for (entry, content) in stored.objects {
      do {
        guard isObjectName(entry.name) else {
          throw Plausibility.Fault(description: "nothing can have this name")
        }
        let embedded = stored.embedded[entry.name]
        let object = try embedded.map(Object.data) ?? decode(content.get(), data)
        if let embedded, embedded.source == embedded.source.root {
          files[embedded.source] = embedded
        }
        session.set(entry.name, to: object)
        if embedded != nil { session.embedded.insert(entry.name) }
        report.restored.append(entry.name)
        switch object {
        case .unavailable(let data):
          report.notes.append(
            .dataUnavailable(name: entry.name, source: data.reference.source, data.reason))
        case .unknown: report.notes.append(.unknownKind(name: entry.name, kind: entry.kind))
        case .data, .tasks, .network, .run, .table: break
        }
      } catch  where !(error is CancellationError) {
        let damage = error as? RestoreReport.Damage ?? .unreadable(reason(of: error))
        report.notes.append(.lost(name: entry.name, kind: entry.kind, damage))
      }
    }
    session.restore(
      runsEverMade: (stored.manifest?.runsEverMade ?? []).filter(isObjectName).prefix(100_000))
    for name in session.names {
      if let reason = session.misfit(of: name) {
        report.notes.append(
          .lost(name: name, kind: session[name]?.kind ?? "", .unreadable(reason)))
        report.restored.removeAll { $0 == name }
        session.remove(name)
        continue
      }
      guard let data = session[name]?.data else { continue }
      switch session[data] {
      case .data, .unavailable: break
      default: report.notes.append(.withoutData(name: name, data: data))
      }
    }
    return (session, report)
  }

  /// The journal of a session, and what computed it, without the objects.
  public static func journal(
    of path: String
  ) throws(SessionFileError) -> (journal: [JournalEntry], machine: String?) {
    let queue = try open(FilePath.absolute(path), schema: .current)
    return try reading(path) {
      try queue.read { db in
        let reader = try SessionReader(db)
        guard let manifest = reader.manifest(), let journal = reader.journal(manifest.journal)
        else { throw SessionFileError.damaged(path: path, reason: "its journal is lost") }
        return (journal, manifest.machine)
      }
    }
  }

  private static func read(
    _ path: String, only: Set<String>?, _ schema: SessionSchema
  ) throws(SessionFileError) -> StoredSession {
    let queue = try open(FilePath.absolute(path), schema: schema)
    return try reading(path) {
      try queue.read { db in
        var reader = try SessionReader(db)
        var stored = StoredSession()
        stored.manifest = reader.manifest()
        let entries = stored.manifest?.objects ?? reader.entries()
        for name in (only ?? []).sorted() where !entries.contains(where: { $0.name == name }) {
          throw SessionFileError.noSuchObject(
            path: path, name: name, objects: entries.map(\.name))
        }
        for (index, entry) in entries.enumerated() where only?.contains(entry.name) != false {
          let content = Result { try reader.object(entry, position: index + 1) }
          if let object = try? content.get() {
            stored.embedded[entry.name] = reader.embedded(object)
          }
          stored.objects.append((entry, content))
        }
        stored.journal = stored.manifest.flatMap { reader.journal($0.journal) }
        return stored
      }
    }
  }

  private static func decode(
    _ object: StoredObject, _ load: (DataSource) throws -> DataSet
  ) throws -> Object {
    let decoder = decoder(TensorTable(object.tensors))
    let content = Data(object.content)
    switch Object.Kind(rawValue: object.kind) {
    case .data:
      let reference = try decoder.decode(DataReference.self, from: content)
      try Plausibility.check(reference)
      return try dataSet(reference, load)
    case .tasks:
      let tasks = try decoder.decode(Tasks.self, from: content)
      try Plausibility.check(tasks)
      return .tasks(tasks)
    case .network:
      let network = try decoder.decode(Network.self, from: content)
      try Plausibility.check(network)
      return .network(network)
    case .run:
      let run = try decoder.decode(RunOnData.self, from: content)
      try Plausibility.check(run)
      return .run(run)
    case .table:
      // What no table can be does not decode.
      return .table(try decoder.decode(ResultTable.self, from: content))
    case nil:
      return .unknown(
        UnknownObject(kind: object.kind, content: object.content, tensors: object.tensors))
    }
  }

  private static func dataSet(
    _ reference: DataReference, _ load: (DataSource) throws -> DataSet
  ) throws -> Object {
    func unavailable(_ reason: UnavailableData.Reason) -> Object {
      .unavailable(UnavailableData(reference, reason))
    }
    let data: DataSet
    do {
      data = try load(reference.source)
    } catch  where !(error is CancellationError) {
      return unavailable(.notLoaded(String(describing: error)))
    }
    guard let restored = try reference.restored(data) ?? sortedByText(reference, load) else {
      return unavailable(.changed(digest: data.digest))
    }
    do throws(TransformError) {
      try restored.transform.validate(channels: restored.train.shape.channels)
    } catch {
      throw Plausibility.Fault(description: "the transform does not fit the images")
    }
    return .data(restored)
  }

  /// The data set of a folder whose classes were numbered in the order of text when it was saved.
  private static func sortedByText(
    _ reference: DataReference, _ load: (DataSource) throws -> DataSet
  ) throws -> DataSet? {
    guard let source = reference.source.sortedByText else { return nil }
    do {
      return reference.restored(try load(source))
    } catch  where !(error is CancellationError) {
      return nil
    }
  }
}
