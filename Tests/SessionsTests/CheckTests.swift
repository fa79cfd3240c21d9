import Datasets
import Foundation
import GRDB
import Learning
import Networks
import Sessions
import Tensors
import Testing

/// What a restore checks of a file whose digests are right: each place alone, so that no check can go
/// without being missed.
struct CheckTests {
  /// An object, a place in its JSON, and what is put there as JSON; `=PATH` is what is at another place.
  struct Change: Sendable, CustomTestStringConvertible {
    var object: String
    var place: String
    var json: String

    init(_ object: String, _ place: String, _ json: String) {
      (self.object, self.place, self.json) = (object, place, json)
    }

    var testDescription: String { "\(object): \(place) = \(json)" }
  }

  /// A run of `bic` in the middle of its second task: with a teacher, exemplars, images held out, and a
  /// checkpoint.
  private static func makeSession() throws -> Session {
    var data = try Classroom.data()
    data.transform.jitter = .standard
    data.transform.equalization = ContrastEqualization()
    var session = Session()
    session.set("signs", to: .data(data))
    let tasks = try Classroom.tasks(data)
    session.set("T", to: .tasks(Tasks(tasks, of: "signs")))
    let network = try Classroom.network(heads: 1)
    session.set("one", to: .network(network))
    var object = RunOnData(
      try Classroom.run("bic", data), on: "signs",
      origin: RunOrigin(network: "one", network, tasks: "T", tasks))
    while object.run.position.task < 1 || object.run.position.batch < 1 {
      Classroom.advance(&object.run, data, steps: 1)
      if object.run.isBetweenTasks { object.keepCheckpoint() }
    }
    session.set("kd", to: .run(object))
    return session
  }

  private static let saved = Result { () -> (folder: ScratchFolder, session: Session) in
    let folder = try ScratchFolder()
    let session = try makeSession()
    try SessionFile.save(session, to: folder.file())
    return (folder, session)
  }

  static let changes = [
    Change("signs", "transform.jitter.scale", "1"),
    Change("signs", "transform.jitter.rotation", "1e30"),
    Change("signs", "transform.jitter.shift", "-0.5"),
    Change("signs", "transform.equalization.tiles", "0"),
    Change("signs", "transform.equalization.limit", "1e9"),
    Change("signs", "transform.normalization.mean", "[]"),
    Change("signs", "transform.normalization.mean", "[0.1, 0.2]"),
    Change("signs", "transform.normalization.deviation.1", "0"),
    Change("signs", "transform.brightness", "5"), Change("signs", "transform.contrast", "-1"),
    Change("signs", "trainCount", "-1"),
    Change(
      "signs", "source",
      #"{"heldOut":{"of":{"folder":{"path":"/","size":8}},"_1":{"share":5,"seed":0}}}"#),
    Change(
      "signs", "source", #"{"arrays":{"_0":{"form":"idx","path":"/","seed":0,"permutations":-1}}}"#),
    Change("T", "sequence.tasks.1.1", "4"), Change("T", "sequence.tasks.1.1", "0"),
    Change("T", "sequence.tasks.1", "[]"), Change("T", "sequence.scenario", #""exam""#),
    Change("T", "sequence", #"{"scenario":"domain","tasks":[[0,1],[2]]}"#),
    Change("one", "architecture.heads.0.outputs", "9"),
    Change(
      "one", "weights",
      #"{"shape":[0],"tensor":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}"#),
    Change("kd", "run.setup.strategy", #""icarl""#),
    Change("kd", "run.setup.tasks.tasks", "[]"),
    Change("kd", "run.setup.tasks.tasks.1", "[1,2]"),
    Change("kd", "run.setup.tasks.tasks.1", "[2,4]"),
    Change("kd", "run.setup.options.values.batch.integer._0", "0"),
    Change("kd", "run.setup.options.values.lr.real._0", "-1"),
    Change("kd", "run.setup.options.values.policy.choice._0", #""magic""#),
    Change("kd", "run.setup.transform.normalization.mean", "[0.1, 0.2]"),
    Change("kd", "run.setup.transform.normalization.deviation.0", "0"),
    Change("kd", "run.setup.transform.grayscale", "true"),
    Change("kd", "run.setup.transform.brightness", "5"),
    Change("kd", "run.phase", #""finished""#), Change("kd", "run.phase", #""asleep""#),
    Change("kd", "run.position.task", "5"), Change("kd", "run.position.task", "-1"),
    Change("kd", "run.position.task", "0"),
    Change("kd", "run.position.stage", "9"), Change("kd", "run.position.epoch", "50"),
    Change("kd", "run.position.batch", "-1"),
    Change("kd", "run.stages.0.batchSize", "0"), Change("kd", "run.stages.0.epochs", "0"),
    Change("kd", "run.learner.optimizer.steps", "-1"),
    Change("kd", "run.learner.optimizer.first", "=run.history.losses"),
    Change("kd", "run.learner.optimizer.second", "=run.history.losses"),
    Change("kd", "run.learner.schedule.steps._0.every", "0"),
    Change("kd", "run.learner.memory.classes.0.images.0", "48"),
    Change("kd", "run.learner.memory.classes.0.images.0", "-1"),
    Change("kd", "run.learner.memory.classes.0.images.0", "100000000"),
    Change("kd", "run.learner.memory.classes.0.images.0", "=run.learner.memory.classes.1.images.0"),
    Change("kd", "run.learner.memory.classes.0.label", "3"),
    Change("kd", "run.learner.memory.classes.0.label", "70"),
    Change("kd", "run.learner.memory.classes.1", "=run.learner.memory.classes.0"),
    Change("kd", "run.learner.teacher.architecture.heads.0.outputs", "4"),
    Change("kd", "run.learner.network.weights", "=run.learner.teacher.weights"),
    Change("kd", "run.history.evaluations.0.classes", "[0,2]"),
    Change("kd", "run.history.evaluations.0.confusion", "[[1]]"),
    Change("kd", "run.history.evaluations.0.confusion.0.0", "-1"),
    Change("kd", "run.history.evaluations.0.rightInTask", "[1]"),
    Change("kd", "run.history.evaluationSteps", "[]"),
    Change("kd", "run.history.evaluationSteps", "[-1]"),
    Change("kd", "run.history.stepsBeforeTask", "1000"),
    Change("kd", "run.history.epochs.0.batches", "-1"),
    Change("kd", "run.history.epoch.count", "-1"),
    Change("kd", "run.history.others.0.evaluations.0.classes", "[1]"),
    Change("kd", "run.history.counted.done", "1"),
    Change("kd", "run.history.counted.tallies", #"[{"confusion":[],"rightInTask":[]}]"#),
    Change("kd", "run.strategy.name", #""icarl""#),
    Change("kd", "run.strategy.state.heldOut.0", "100000"),
    Change("kd", "run.strategy.state.heldOut.0", "-1"),
    Change("kd", "run.strategy.state.corrections", "[]"),
    Change("kd", "run.strategy.state.rehearsal.capacity", "7"),
    Change("kd", "run.strategy.state.rehearsal.reservoir.seen", "-1"),
    Change("kd", "run.strategy.state.rehearsal.means.classes", "9"),
    Change("kd", "run.strategy.state.common.batch", "0"),
    Change("kd", "run.strategy.state.temperature", "0"),
    Change("kd", "run.seconds.value", "-5"), Change("kd", "run.seconds.value", #""nan""#),
    Change("kd", "checkpoints.points.0.state.setup.seed", "77"),
    Change("kd", "origin.sequence.tasks", "[]"),
    Change("kd", "origin.shuffled", #"{"scenario":"class","tasks":[]}"#),
  ]

  @Test(arguments: changes)
  func changedPlaceIsNoticed(change: Change) throws {
    let (original, session) = try Self.saved.get()
    let folder = try ScratchFolder()
    try FileManager.default.copyItem(atPath: original.file(), toPath: folder.file())
    try Forgery.rewrite(change.object, in: folder.file()) { content in
      var tree = try JSONTree(content)
      let before = tree
      let new =
        change.json.hasPrefix("=")
        ? try #require(tree[String(change.json.dropFirst())])
        : (try? JSONTree(change.json)) ?? .text(change.json)
      tree[change.place] = new
      #expect(tree != before)
      return try tree.json
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    // Without its data set an object is kept.
    #expect(restored.names == session.names.filter { $0 != change.object })
    #expect(
      report.notes.contains { note in
        guard case .lost(change.object, _, .unreadable(let reason)) = note else { return false }
        return !reason.isEmpty
      }, "\(report.notes.map(\.message))")
  }

  /// The places above are there, and unchanged nothing is lost: what the test above sees is the change.
  @Test func unchangedObjectsAreRestored() throws {
    let (original, session) = try Self.saved.get()
    let folder = try ScratchFolder()
    try FileManager.default.copyItem(atPath: original.file(), toPath: folder.file())
    for name in session.names {
      try Forgery.rewrite(name, in: folder.file()) { try JSONTree($0).json }
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.notes == [.contentsLost], "\(report.notes.map(\.message))")
    expectEqual(session, Session(restored, like: session))
  }

  // MARK: Digests

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

  // MARK: Nothing is left out

  @Test func whereARunCameFromIsSaved() throws {
    let folder = try ScratchFolder()
    let data = try Classroom.data()
    let network = try Classroom.network(heads: 1)
    var origin = RunOrigin(network: "one", network, tasks: "T.1", try Classroom.tasks(data))
    origin.shuffled = try Classroom.tasks(data).shuffled(seed: 4)
    let object = RunOnData(
      try Classroom.run("finetune", data), on: "signs", origin: origin,
      branching: Branching(
        of: "parent", at: .init(task: 1, steps: 2),
        options: ["epochs": .integer(9), "lr": .real(0.5)], seed: 8), group: "many")
    var session = Session()
    session.set("signs", to: .data(data))
    session.set("run", to: .run(object))
    session.machine = "kernels of 2026"
    session.settings.plots = "text"
    session.settings.progress = "lines"
    var details = JournalEntry.Details()
    details.above = ["", "# above"]
    details.behind = "# behind"
    details.below = ["# below"]
    details.essence = "run"
    details.isScripted = false
    details.isOption = true
    details.made = [.init(name: "run", digest: "d")]
    details.figures = [.init(name: "a[0].b", value: 0.1)]
    details.figuresDigest = "f"
    details.output = "text"
    session.journal = [JournalEntry(command: "run", time: 1, seconds: 2, details: details)]
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.isComplete)
    expectEqual(session, restored)
    #expect(restored.machine == session.machine)
    guard case .run(let again)? = restored["run"] else { throw NotThere(name: "run") }
    #expect(again.branching == object.branching && again.branching != nil)
    #expect(again.group == "many" && again.origin == origin)
    let (journal, machine) = try SessionFile.journal(of: folder.file())
    #expect(journal == session.journal && machine == session.machine)
  }

  /// What stands above a command in a script must not be a command.
  @Test(arguments: ["drop signs", "# fine\ndrop signs", "#\rdrop signs"])
  func commentThatIsNoneIsNoJournal(comment: String) throws {
    for place in 0..<3 {
      let folder = try ScratchFolder()
      var session = Session()
      var details = JournalEntry.Details()
      switch place {
      case 0: details.above = ["# fine", comment]
      case 1: details.below = [comment]
      default: details.behind = comment
      }
      session.journal = [JournalEntry(command: "objects", time: 1, seconds: 0, details: details)]
      try SessionFile.save(session, to: folder.file())
      let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
      #expect(report.notes == [.journalLost] && restored.journal.isEmpty)
    }
  }

  @Test(arguments: [0, -1, 65, 1_000_000_000])
  func impossibleSettingsAreNamed(threads: Int) throws {
    let folder = try ScratchFolder()
    var session = Session()
    session.settings.threads = threads
    session.settings.seed = 9
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.notes == [.settingsLost] && restored.settings == Settings())
  }

  @Test func equalArraysCountOnceInTheFootprint() throws {
    var session = Session()
    let network = try Classroom.network(heads: 1)
    session.set("a", to: .network(network))
    let one = session.footprint
    #expect(one >= 4 * network.weights.count)
    session.set("b", to: .network(network))
    #expect(session.footprint == one)
    session.set("c", to: .network(try Classroom.network(heads: 2)))
    #expect(session.footprint > one)
  }
}

extension Session {
  /// The objects of one session with settings and journal of another, which a file without a list of
  /// contents does not give.
  fileprivate init(_ objects: Session, like other: Session) {
    self.init()
    for name in objects.names { if let object = objects[name] { set(name, to: object) } }
    settings = other.settings
    journal = other.journal
  }
}
