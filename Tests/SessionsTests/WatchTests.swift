import Sessions
import Testing

/// What was measured of a run while it learned, in a session file.
struct WatchTests {
  private func session(every: Watch.Interval = .batches(3)) throws -> Session {
    let data = try Classroom.data()
    var session = Session()
    session.set("signs", to: .data(data))
    var run = RunOnData(try Classroom.run("finetune", data), on: "signs")
    var watch = Watch(targets: [.init(name: "T.1", images: [0, 2])], image: 1, every: every)
    watch.add(.init(task: 0, steps: 3, loss: 0.5, accuracies: [50], logits: [1, -1]))
    watch.add(.init(task: 0, steps: 6, loss: nil, accuracies: [nil], logits: []))
    run.watch = watch
    session.set("kd", to: .run(run))
    return session
  }

  @Test(arguments: [Watch.Interval.batches(3), .epoch])
  func measurementsComeBack(every: Watch.Interval) throws {
    let folder = try ScratchFolder()
    let session = try session(every: every)
    try SessionFile.save(session, to: folder.file())
    let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    guard case .run(let before)? = session["kd"], case .run(let after)? = restored["kd"] else {
      Issue.record("the run is lost")
      return
    }
    #expect(after.watch == before.watch && after.watch?.rows.count == 2)
  }

  /// A run may begin from the network of another run, as it is or as it was.
  @Test(arguments: ["kd", "kd@2", "kd@2.57"])
  func originMayBeARun(name: String) throws {
    let folder = try ScratchFolder()
    let data = try Classroom.data()
    var session = Session()
    session.set("signs", to: .data(data))
    let origin = RunOrigin(
      network: name, try Classroom.network(heads: 1), tasks: "T", try Classroom.tasks(data))
    session.set(
      "next",
      to: .run(RunOnData(try Classroom.run("finetune", data), on: "signs", origin: origin)))
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored.names == ["signs", "next"] && report.notes.isEmpty)
  }

  @Test(arguments: [
    ("\"every\":3", "\"every\":0"), ("\"every\":3", "\"every\":-3"),
    ("\"images\":[0,2]", "\"images\":[-1,2]"),
    ("\"accuracies\":[50]", "\"accuracies\":[50,50]"),
    ("\"name\":\"T.1\"", "\"name\":\"T\\u001b[2J\""),
    ("\"steps\":3", "\"steps\":-3"),
  ])
  func forgedMeasurementsAreRefused(text: String, forged: String) throws {
    let folder = try ScratchFolder()
    try SessionFile.save(try session(), to: folder.file())
    try Forgery.rewrite("kd", in: folder.file()) { content in
      let changed = content.replacing(text, with: forged)
      #expect(changed != content)
      return changed
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored["kd"] == nil)
    #expect(report.notes.contains { $0.message.contains("what is watched of it is not possible") })
  }
}
