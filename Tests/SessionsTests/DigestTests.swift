import Datasets
import GRDB
import Learning
import Sessions
import Testing

/// What could have been saved, and was not.
struct DigestTests {
  /// Content that could have been saved, and was not.
  @Test func possibleChangeWithoutItsDigestIsNoticed() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 3)
    try SessionFile.save(session, to: folder.file())
    try DatabaseQueue(path: folder.file()).write { db in
      try db.execute(
        sql: """
          UPDATE objects SET content = replace(content, '"seed":3', '"seed":4')
          WHERE name = 'finetune'
          """)
      #expect(db.changesCount == 1)
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.notes == [.lost(name: "finetune", kind: "run", .changed)])
    #expect(restored["finetune"] == nil && restored["joint"] != nil)
  }

  @Test func otherClassNamesAreOtherData() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 0)
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file()) { source in
      let data = try Classroom.load(source)
      var names = data.classNames
      names.swapAt(0, 1)
      return DataSet(
        source: data.source, classNames: names, train: data.train, test: data.test)
    }
    guard case .unavailable(let missing)? = restored["signs"] else { throw NotThere(name: "signs") }
    #expect(missing.reason == .changed(digest: try session.data("signs").digest))
    #expect(!report.isComplete)
  }

  @Test(arguments: [
    "UPDATE journal SET seconds = seconds + 1", "UPDATE journal SET time = time + 1",
    "UPDATE journal SET command = replace(command, 'size=2', 'size=3')",
    "UPDATE journal SET details = replace(details, 'seen', 'told')",
  ])
  func possibleJournalWithoutItsDigestIsNoticed(sql: String) throws {
    let folder = try ScratchFolder()
    var session = Session()
    var details = JournalEntry.Details()
    details.output = "seen"
    session.journal = [
      JournalEntry(command: "tasks signs size=2 as T", time: 1.75e9, seconds: 1, details: details)
    ]
    try SessionFile.save(session, to: folder.file())
    #expect(try SessionFile.journal(of: folder.file()).journal == session.journal)
    try DatabaseQueue(path: folder.file()).write { try $0.execute(sql: sql) }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.notes == [.journalLost] && restored.journal.isEmpty)
  }

  @Test func possibleSettingsWithoutTheirDigestAreNoticed() throws {
    let folder = try ScratchFolder()
    var session = Session()
    session.settings.seed = 12
    try SessionFile.save(session, to: folder.file())
    try DatabaseQueue(path: folder.file()).write { db in
      try db.execute(
        sql: """
          UPDATE meta SET value = replace(value, '"seed":12', '"seed":13') WHERE name = 'manifest'
          """)
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.notes == [.contentsLost] && restored.settings == Settings())
  }

  @Test func possibleWeightsWithoutTheirDigestAreNoticed() throws {
    let folder = try ScratchFolder()
    var session = Session()
    session.set("one", to: .network(try Classroom.network(heads: 1)))
    try SessionFile.save(session, to: folder.file())
    try DatabaseQueue(path: folder.file()).write {
      try $0.execute(sql: "UPDATE tensors SET elements = zeroblob(length(elements))")
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    guard case .lost("one", "network", .tensor(_))? = report.notes.first else {
      throw NotThere(name: "note")
    }
    #expect(report.notes.count == 1 && restored.names.isEmpty)
  }

  // MARK: Journals whose digests are right

  @Test(arguments: ["time = 9e999", "time = -9e999", "seconds = 9e999"])
  func impossibleTimeOfACommandIsNoticed(change: String) throws {
    let folder = try ScratchFolder()
    var session = Session()
    session.journal = [JournalEntry(command: "objects", time: 1, seconds: 0.5)]
    try SessionFile.save(session, to: folder.file())
    try Forgery.rewriteJournal(in: folder.file(), "UPDATE journal SET seconds = 2")
    session.journal[0].seconds = 2
    #expect(try SessionFile.journal(of: folder.file()).journal == session.journal)
    try Forgery.rewriteJournal(in: folder.file(), "UPDATE journal SET \(change)")
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.notes == [.journalLost] && restored.journal.isEmpty)
  }
}
