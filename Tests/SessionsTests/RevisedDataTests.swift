import Datasets
import Foundation
import Learning
import Sessions
import TestSupport
import Testing

/// Selections, relabelled and renamed data sets in session files.
struct RevisedDataTests {
  /// `signs`, what was made of it in several steps, and a run on some of the images.
  private func session() throws -> Session {
    let data = try Classroom.data()
    var session = Session()
    session.set("signs", to: .data(data))
    var dark = data.choosing(train: [0, 1, 2, 13, 14, 20, 30, 40], test: [1, 2, 3, 9, 20])
    dark.transform.grayscale = true
    session.set("dark", to: .data(dark))
    let better = dark.relabelled([0: 2, 3: 0], of: .train).relabelled([1: 3], of: .test)
    session.set("better", to: .data(better))
    session.set("own", to: .data(try better.named(["a", "b", "c", "d", "e"])))
    session.set("dev", to: .data(data.holdingOut(HoldOut(share: 0.5, seed: 1))))
    session.set("some", to: .data(data.choosing(train: Array(0..<20), test: Array(0..<10))))
    var run = try Classroom.run("finetune", try session.data("some"))
    Classroom.advance(&run, try session.data("some"), steps: 3)
    session.set("ft", to: .run(RunOnData(run, on: "some")))
    return session
  }

  @Test func everythingComesBackEqual() throws {
    let (folder, session) = (try ScratchFolder(), try session())
    try SessionFile.save(session, to: folder.file())
    var loaded: [DataSource] = []
    let (restored, report) = try SessionFile.restore(from: folder.file()) { source in
      loaded.append(source)
      return try Classroom.load(source)
    }
    #expect(report.isComplete, "\(report.notes.map(\.message))")
    expectEqual(session, restored)
    // What is made of the same images does not load them again.
    #expect(loaded == [.synthetic(Classroom.signs)])
    for name in ["dark", "better", "own"] {
      let (old, new) = (try session.data(name), try restored.data(name))
      for split in DataSet.Split.allCases {
        #expect(old[split].labels == new[split].labels && old[split].tracks == new[split].tracks)
        #expect(old.originals(of: split) == new.originals(of: split))
        #expect(old.relabelledImages(of: split) == new.relabelledImages(of: split))
      }
    }
    #expect(Set(try ["signs", "dark", "better"].map { try session.data($0).digest }).count == 3)
  }

  /// A run goes on where it stood.
  @Test func runOnASelectionGoesOnAlike() throws {
    let (folder, session) = (try ScratchFolder(), try session())
    try SessionFile.save(session, to: folder.file())
    let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    var (a, b) = (try session.run("ft"), try restored.run("ft"))
    Classroom.advance(&a, try session.data("some"), steps: 20)
    Classroom.advance(&b, try restored.data("some"), steps: 20)
    #expect(a == b)
  }

  @Test func childComesBackWithoutItsParent() throws {
    let (folder, session) = (try ScratchFolder(), try session())
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(
      from: folder.file(), only: ["better"], load: Classroom.load)
    #expect(report.isComplete)
    #expect(difference(restored["better"], session["better"]) == nil)
  }

  /// An embedded parent gives the images, so that nothing has to be loaded.
  @Test func embeddedParentIsEnough() throws {
    let folder = try ScratchFolder()
    var session = try session()
    session.embedded = ["signs"]
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file()) { _ in
      throw DataSetError.notAFolder(path: "nowhere")
    }
    #expect(report.isComplete, "\(report.notes.map(\.message))")
    expectEqual(session, restored)
  }

  @Test func embeddedChildStandsByItself() throws {
    let folder = try ScratchFolder()
    var session = try session()
    session.embedded = ["better"]
    try SessionFile.save(session, to: folder.file())
    let (restored, _) = try SessionFile.restore(from: folder.file()) { _ in
      throw DataSetError.notAFolder(path: "nowhere")
    }
    #expect(difference(restored["better"], session["better"]) == nil)
    guard case .unavailable? = restored["dark"] else { throw NotThere(name: "dark") }
  }

  /// Object, text in its JSON, what takes its place, and what is said of it.
  static let forgeries = [
    ("dark", #""images":[0,3,13,2"#, #""images":[0,3,1,2"#, "do not ascend"),
    ("dark", #""images":[0,3,13,2"#, #""images":[-1,3,13,2"#, "out of range"),
    ("dark", #""images":[0,3,13,2"#, #""images":[0,3,13"#, "is missing"),
    ("dark", #""images":[0,3,13,2"#, #""images":[0,9223372036854775807,13,2"#, "out of range"),
    ("dark", #""trainCount":8"#, #""trainCount":9"#, "not as many as are listed"),
    ("dark", #""testCount":5"#, #""testCount":4294967295"#, "not as many as are listed"),
    ("better", #""labels":[0,2,3,0]"#, #""labels":[0,2,3]"#, "new class is impossible"),
    ("better", #""labels":[0,2,3,0]"#, #""labels":[0,-2,3,0]"#, "new class is impossible"),
    ("own", #"["a","b""#, "[\"a\\u001b\",\"b\"", "control character"),
    ("own", #"["a","b""#, #"["b","b""#, "two classes"),
    ("own", #"["a","b""#, #"["a","""#, "empty"),
  ]

  @Test(arguments: forgeries)
  func forgedListIsLostAndSaysWhy(
    name: String, text: String, forged: String, reason: String
  ) throws {
    let (folder, session) = (try ScratchFolder(), try session())
    try SessionFile.save(session, to: folder.file())
    try Forgery.rewrite(name, in: folder.file()) { content in
      let result = content.replacing(text, with: forged)
      #expect(result != content, "\(content)")
      return result
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored.names == session.names.filter { $0 != name })
    #expect(
      report.notes.contains { $0.message.contains(name) && $0.message.contains(reason) },
      "\(report.notes.map(\.message))")
  }

  /// Possible in itself, but not of these images: the data set is named as missing, with the reason.
  @Test(
    arguments: [
      ("dark", #""images":[0,3,13,2,20,1,30,1,40,1]"#, #""images":[0,7,4294967295,1]"#, "no image"),
      ("dark", #""images":[0,3,13,2,20,1,30,1,40,1]"#, #""images":[1,8]"#, "other images"),
      ("better", #""labels":[0,2,3,0]"#, #""labels":[0,2,30,0]"#, "no image 30"),
      ("better", #""labels":[0,2,3,0]"#, #""labels":[0,900,3,0]"#, "no class 900"),
      ("better", #""labels":[0,2,3,0]"#, #""labels":[0,1,3,0]"#, "other images"),
      ("own", #""classNames":["a","b","c","d","e"],"of""#, #""classNames":["a"],"of""#, "too few"),
    ])
  func foreignListMakesTheDataUnavailable(
    name: String, text: String, forged: String, reason: String
  ) throws {
    let (folder, session) = (try ScratchFolder(), try session())
    try SessionFile.save(session, to: folder.file())
    try Forgery.rewrite(name, in: folder.file()) { content in
      let result = content.replacing(text, with: forged)
      #expect(result != content, "\(content)")
      return result
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    guard case .unavailable? = restored[name] else { throw NotThere(name: name) }
    #expect(
      report.notes.contains { $0.message.contains(name) && $0.message.contains(reason) },
      "\(report.notes.map(\.message))")
  }
}
