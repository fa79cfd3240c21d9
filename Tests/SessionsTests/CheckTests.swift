import Datasets
import Foundation
import GRDB
import Learning
import Networks
import Sessions
import Tensors
import Testing

/// What a restore checks of a file whose digests are right: each place alone where that can be, so that
/// no check can go without being missed.
struct CheckTests {
  /// An object, places in its JSON, and what is put there as JSON; `=PATH` is what is at another place.
  struct Change: Sendable, CustomTestStringConvertible {
    var object: String
    /// By their places.
    var values: KeyValuePairs<String, String>

    init(_ object: String, _ place: String, _ json: String) {
      self.object = object
      values = [place: json]
    }

    init(_ object: String, _ values: KeyValuePairs<String, String>) {
      (self.object, self.values) = (object, values)
    }

    var testDescription: String {
      "\(object): \(values.map { "\($0.key) = \($0.value)" }.joined(separator: ", "))"
    }
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

  /// The objects' JSON, taken apart once for all changes.
  private static let trees = Result { () -> [String: JSONTree] in
    try DatabaseQueue(path: try saved.get().folder.file()).read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT name, content FROM objects")
      return try Dictionary(
        uniqueKeysWithValues: rows.map { ($0["name"], try JSONTree($0["content"])) })
    }
  }

  static let changes: [Change] = [
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
    Change("kd", "origin.sequence.tasks.0.0", "-1"),
    Change("kd", "origin.sequence.tasks.0.0", "1048576"),
    // Its checkpoints are of another run then.
    Change("kd", "run.setup.seed", "77"),
    Change("kd", "checkpoints.points.1.state.learner.memory.classes.0.images.0", "100000000"),
    // A teacher that the network never was.
    Change("kd", "run.learner.teacher.architecture.layers.5", #"{"dropout":{"rate":0.5}}"#),
    Change("kd", "run.history.evaluations.0.confusion", "[[1,0]]"),
    Change("kd", "run.history.evaluations.0.confusion", "[[1,0],[1,0,0]]"),
    Change("kd", "run.history.evaluations.0.rightInTask", "[1,-1]"),
    Change(
      "kd",
      [
        "run.learner.optimizer.first": "=run.history.losses",
        "run.learner.optimizer.second": "=run.history.losses",
      ]),
    Change("kd", "origin.shuffled", #"{"scenario":"class","tasks":[]}"#),
  ]

  @Test(arguments: changes)
  func changedPlaceIsNoticed(change: Change) throws {
    let (session, restored, report) = try restore(change, load: Classroom.load)
    // Without its data set an object is kept.
    #expect(restored.names == session.names.filter { $0 != change.object })
    #expect(report.notes.contains { $0.isLost(change.object) }, "\(report.notes.map(\.message))")
  }

  /// A data set whose images are not there is kept for the day when they are.
  static let transforms = [
    Change("signs", "transform.normalization.mean", "[]"),
    Change("signs", "transform.normalization.deviation", "[]"),
    Change("signs", "transform.normalization.deviation.1", "0"),
    Change("signs", "transform.normalization.deviation.1", #""inf""#),
  ]

  @Test(arguments: transforms)
  func changedTransformOfMissingDataIsNoticed(change: Change) throws {
    let (session, restored, report) = try restore(change) { _ in throw NotThere(name: "images") }
    #expect(restored.names == session.names.filter { $0 != change.object })
    #expect(report.notes.contains { $0.isLost(change.object) }, "\(report.notes.map(\.message))")
  }

  /// The session that was saved, and what is restored of it after a change.
  private func restore(
    _ change: Change, load: (DataSource) throws -> DataSet
  ) throws -> (Session, Session, RestoreReport) {
    let (original, session) = try Self.saved.get()
    let folder = try ScratchFolder()
    try FileManager.default.copyItem(atPath: original.file(), toPath: folder.file())
    try Forgery.rewrite(change.object, in: folder.file()) { _ in
      var tree = try #require(try Self.trees.get()[change.object])
      for (place, json) in change.values {
        let before = tree[place]
        let new =
          json.hasPrefix("=")
          ? try #require(tree[String(json.dropFirst())]) : (try? JSONTree(json)) ?? .text(json)
        tree[place] = new
        #expect(tree[place] == new && new != before)
      }
      return try tree.json
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: load)
    return (session, restored, report)
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
}

extension RestoreReport.Note {
  /// Whether an object is lost because of what it says.
  fileprivate func isLost(_ name: String) -> Bool {
    guard case .lost(name, _, .unreadable(let reason)) = self else { return false }
    return !reason.isEmpty
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
