import Datasets
import Foundation
import Learning
import Sessions
import TestSupport
import Testing

struct MissingDataTests {
  private func saved(_ folder: ScratchFolder) throws -> Session {
    let session = try Classroom.session(steps: 5)
    try SessionFile.save(session, to: folder.file())
    return session
  }

  @Test func missingDataIsReportedAndTheRestIsRestored() throws {
    let folder = try ScratchFolder()
    let session = try saved(folder)
    let (restored, report) = try SessionFile.restore(from: folder.file()) { _ in
      throw DataSetError.noSuchPath(path: "/gone\u{1B}[2J")
    }
    #expect(restored.names == session.names)
    #expect(difference(restored["joint"], session["joint"]) == nil)
    guard case .unavailable(let data)? = restored["signs"] else { throw NotThere(name: "signs") }
    #expect(data.reference == DataReference(try session.data("signs")))
    let note = try #require(report.notes.first)
    #expect(report.notes.count == 1)
    #expect(note.message.contains("signs") && note.message.contains("relink"))
    #expect(!note.message.unicodeScalars.contains("\u{1B}"))
  }

  @Test func changedDataIsReported() throws {
    let folder = try ScratchFolder()
    _ = try saved(folder)
    var other = Classroom.signs
    other.seed = 1
    let changed = try other.generate(threads: 1)
    let (restored, report) = try SessionFile.restore(from: folder.file()) { _ in changed }
    guard case .unavailable(let data)? = restored["signs"] else { throw NotThere(name: "signs") }
    #expect(data.reason == .changed(digest: changed.digest))
    #expect(
      report.notes == [
        .dataUnavailable(name: "signs", source: .synthetic(Classroom.signs), data.reason)
      ])
  }

  @Test func missingDataOutlivesASaveAndCanBeLinkedAgain() throws {
    let (folder, session) = (try ScratchFolder(), try Classroom.session(steps: 5))
    try SessionFile.save(session, to: folder.file())
    let (lame, _) = try SessionFile.restore(from: folder.file()) { _ in
      throw DataSetError.notAFolder(path: "nowhere")
    }
    try SessionFile.save(lame, to: folder.file("again.waymark"))
    var (restored, report) = try SessionFile.restore(
      from: folder.file("again.waymark"), load: Classroom.load)
    #expect(report.isComplete)
    expectEqual(session, restored)

    (restored, report) = try SessionFile.restore(from: folder.file("again.waymark")) { _ in
      throw DataSetError.notAFolder(path: "nowhere")
    }
    var other = Classroom.signs
    other.seed = 1
    let wrong = try other.generate(threads: 1)
    let digest = try session.data("signs").digest
    #expect(
      throws: RelinkError.otherData(name: "signs", expected: digest, found: wrong.digest)
    ) { try restored.relink("signs", to: wrong) }
    try restored.relink("signs", to: Classroom.signs.generate(threads: 1))
    expectEqual(session, restored)
    #expect(throws: RelinkError.notUnavailable(name: "one")) {
      try restored.relink("one", to: wrong)
    }
  }

  @Test func pathsHoldInEveryWorkingDirectory() throws {
    let data = try Classroom.data()
    let relative = DataSet(
      source: .folder(path: "signs", size: 16), classNames: data.classNames, train: data.train,
      test: data.test)
    let source = DataReference(relative).source
    #expect(source == .folder(path: FileManager.default.currentDirectoryPath + "/signs", size: 16))
  }

  @Test func interruptedLoadEndsTheRestore() throws {
    let folder = try ScratchFolder()
    _ = try saved(folder)
    #expect(throws: CancellationError.self) {
      try SessionFile.restore(from: folder.file()) { _ in throw CancellationError() }
    }
  }
}
