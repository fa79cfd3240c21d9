import Learning
import Sessions
import TestSupport
import Testing

/// Files whose digests are right and whose content no session ever had.
struct ForgeryTests {
  /// Object, text in its JSON, and what takes its place.
  static let forgeries = [
    ("one", "\"outputs\":4", "\"outputs\":-4"),
    ("one", "\"outputs\":4", "\"outputs\":9000000000000000000"),
    ("one", "\"outputs\":4", "\"outputs\":5"),
    ("one", "\"outputs\":4", "\"outputs\":1e999"),
    ("one", "\"kernel\":3", "\"kernel\":0"),
    ("one", "\"padding\":1", "\"padding\":4000000000"),
    ("one", "\"height\":16", "\"height\":4294967296"),
    ("one", "\"maxPool\"", "\"minPool\""),
    ("one", "\"shape\":[", "\"shape\":[9223372036854775807,"),
    ("one", "\"shape\":[", "\"shape\":[-1,"),
    ("one", "{", "[[[["),
    ("one", "{", ""),
    ("T", "\"tasks\":[[0,1]", "\"tasks\":[[0,0]"),
    ("T", "\"tasks\":[[0,1]", "\"tasks\":[[0,-1]"),
    ("T", "\"tasks\":[[0,1],[2,3]]", "\"tasks\":[]"),
    ("finetune", "\"finetune\"", "\"hypnosis\""),
    ("finetune", "\"batchSize\":8", "\"batchSize\":0"),
    ("finetune", "\"phase\":\"train\"", "\"phase\":\"finished\""),
    ("finetune", "\"phase\":\"train\"", "\"phase\":\"asleep\""),
    ("finetune", "\"task\":0", "\"task\":2"), ("finetune", "\"task\":0", "\"task\":1"),
    ("finetune", "\"task\":0", "\"task\":-1"),
    ("finetune", "\"every\":5", "\"every\":0"),
    ("finetune", "\"at\":0", "\"at\":1"), ("finetune", "\"at\":0", "\"at\":-1"),
    // A word that means nothing else than the standard one.
    (
      "finetune", "\"schedule\":{\"choice\":{\"_0\":\"step\"}}",
      "\"schedule\":{\"choice\":{\"_0\":\"magic\"}}"
    ),
    ("finetune", "\"lr\":{\"real\":{\"_0\":0.001}}", "\"lr\":{\"flag\":{\"_0\":true}}"),
  ]

  @Test(arguments: forgeries)
  func forgedObjectIsLostAndNamed(name: String, text: String, forged: String) throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 3)
    try SessionFile.save(session, to: folder.file())
    try Forgery.rewrite(name, in: folder.file()) { content in
      let result = content.replacing(text, with: forged)
      #expect(result != content, "\(content)")
      return result
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored.names == session.names.filter { $0 != name })
    #expect(
      report.notes.contains { note in
        guard case .lost(name, _, .unreadable(let reason)) = note else { return false }
        return !reason.isEmpty
      }, "\(report.notes.map(\.message))")
  }

  /// Its setup and its strategy agree, and no epoch of the task under way is of them.
  @Test func optionOutOfItsRangeIsNoticed() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 3)
    for (epochs, isPossible) in [(10_000, true), (10_001, false)] {
      try SessionFile.save(session, to: folder.file())
      try Forgery.rewrite("finetune", in: folder.file()) { content in
        var tree = try JSONTree(content)
        for place in ["setup.options.values.epochs.integer._0", "strategy.state.common.epochs"] {
          #expect(tree["checkpoints.points.0.state.\(place)"] == .integer(2))
          tree["checkpoints.points.0.state.\(place)"] = .integer(Int64(epochs))
        }
        return try tree.json
      }
      let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
      #expect((restored["finetune"] != nil) == isPossible)
    }
  }

  @Test func runThatIsOverBeginsNoTask() throws {
    let folder = try ScratchFolder()
    let data = try Classroom.data()
    var run = try Classroom.run("finetune", data)
    Classroom.advance(&run, data, steps: .max)
    var session = Session()
    session.set("signs", to: .data(data))
    session.set("run", to: .run(RunOnData(run, on: "signs")))
    try SessionFile.save(session, to: folder.file())
    try Forgery.rewrite("run", in: folder.file()) { content in
      let forged = content.replacing("\"phase\":\"finished\"", with: "\"phase\":\"beginTask\"")
      #expect(forged != content)
      return forged
    }
    let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored.names == ["signs"])
  }

  @Test func deepNestingIsRefused() throws {
    let folder = try ScratchFolder()
    try SessionFile.save(try Classroom.session(steps: 0), to: folder.file())
    try Forgery.rewrite("one", in: folder.file()) { _ in
      String(repeating: "[", count: 1_000_000)
    }
    let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored["one"] == nil && restored["two"] != nil)
  }

  @Test func unknownKindsAreKeptWithTheirArrays() throws {
    let folder = try ScratchFolder()
    let path = folder.file()
    var session = Session()
    session.set("one", to: .network(try Classroom.network(heads: 1)))
    try SessionFile.save(session, to: path)
    try Forgery.rewrite("one", in: path, kind: "sculpture")
    let (first, report) = try SessionFile.restore(from: path, load: Classroom.load)
    #expect(report.notes == [.contentsLost, .unknownKind(name: "one", kind: "sculpture")])
    #expect(first["one"]?.kind == "sculpture")
    try SessionFile.save(first, to: path)
    try Forgery.rewrite("one", in: path, kind: "network")
    let (second, _) = try SessionFile.restore(from: path, load: Classroom.load)
    #expect(difference(second["one"], session["one"]) == nil)
  }
}
