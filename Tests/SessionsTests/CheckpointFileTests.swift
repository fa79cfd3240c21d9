import Datasets
import Foundation
import GRDB
import Learning
import Networks
import Randomness
import Sessions
import Tensors
import TestSupport
import Testing

/// Runs with their checkpoints in session files.
struct CheckpointFileTests {
  /// Runs with a checkpoint after every task and some stops.
  private func session(_ strategies: [String] = Classroom.strategies) throws -> Session {
    let data = try Classroom.data()
    var session = Session()
    session.set("signs", to: .data(data))
    for strategy in strategies {
      var object = RunOnData(try Classroom.run(strategy, data), on: "signs")
      var steps = 0
      while !object.run.isFinished {
        let event = object.run.step(data, on: Classroom.device)
        steps += 1
        if case .taskEnded = event { object.keepCheckpoint() }
        if steps == 4 || steps == 17 { object.keepCheckpoint() }
      }
      session.set(strategy, to: .run(object))
    }
    return session
  }

  private func object(_ name: String, _ session: Session) throws -> RunOnData {
    guard case .run(let run)? = session[name] else { throw NotThere(name: name) }
    return run
  }

  @Test func checkpointsAreRestoredAndGoneBackTo() throws {
    let folder = try ScratchFolder()
    let session = try session()
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.isComplete)
    expectEqual(session, restored)
    let data = try restored.data("signs")
    for strategy in Classroom.strategies {
      let run = try object(strategy, restored)
      #expect(run.checkpoints.states.count >= 3, "\(strategy)")
      for var state in run.checkpoints.states {
        Classroom.advance(&state, data, steps: .max)
        #expect(try state == object(strategy, session).run, "\(strategy)")
      }
    }
  }

  /// Two runs that are equal took different times.
  @Test func secondsOfARunAreKeptBesideThoseOfItsEqual() throws {
    let folder = try ScratchFolder()
    let data = try Classroom.data()
    let runs = try (0..<2).map { _ in
      var run = try Classroom.run("finetune", data)
      Classroom.advance(&run, data, steps: 3)
      return run
    }
    let seconds = runs.map(\.seconds.value)
    try #require(runs[0] == runs[1] && seconds[0] != seconds[1])
    var session = Session()
    session.set("signs", to: .data(data))
    var object = RunOnData(runs[0], on: "signs")
    object.run = runs[1]
    session.set("run", to: .run(object))
    try SessionFile.save(session, to: folder.file())
    let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    let again = try self.object("run", restored)
    #expect(again.run.seconds.value == seconds[1])
    #expect(again.checkpoints.states.map(\.seconds.value) == [seconds[0]])
  }

  @Test func checkpointsAreRows() throws {
    let folder = try ScratchFolder()
    let session = try session(["finetune"])
    try SessionFile.save(session, to: folder.file())
    let rows = try DatabaseQueue(path: folder.file()).read { db in
      try Row.fetchAll(
        db, sql: "SELECT checkpoint, task, is_present FROM checkpoints ORDER BY task, steps")
    }
    #expect(
      rows.map { $0["checkpoint"] as String }.filter { !$0.contains(".") } == ["@0", "@1", "@2"])
    #expect(rows.map { $0["is_present"] as Int }.reduce(0, +) == 1)
    #expect(rows.last?["is_present"] == 1)
  }

  /// The weights of a teacher, a checkpoint and the start are the same arrays.
  @Test func unchangedWeightsAreStoredOnce() throws {
    let folder = try ScratchFolder()
    let session = try session(["rehearsal-kd"])
    try SessionFile.save(session, to: folder.file())
    let run = try object("rehearsal-kd", session)
    var arrays = Set<[Float]>()
    for state in run.checkpoints.states {
      arrays.insert(state.network.weights.elements)
      if let teacher = state.learner.teacher { arrays.insert(teacher.weights.elements) }
      arrays.insert(state.learner.optimizer.first.elements)
      arrays.insert(state.learner.optimizer.second.elements)
    }
    arrays.insert(run.run.history.losses.elements)
    arrays.insert([])
    let stored = try DatabaseQueue(path: folder.file()).read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM tensors")
    }
    #expect(stored ?? 0 <= arrays.count, "\(stored ?? 0) arrays instead of \(arrays.count)")
  }

  /// Five runs of five tasks each, of the notebook's first network with its ten outputs.
  @Test func sessionOfManyCheckpointsIsSmall() throws {
    let folder = try ScratchFolder()
    var signs = Classroom.signs
    signs.classes = 10
    signs.perClass = 2
    signs.testPerClass = 1
    signs.size = 32
    signs.balanced = true
    let data = try signs.generate(threads: 2)
    let device = Device(threads: 2)
    let architecture = try Preset.simpleCNN.architecture(
      input: .image(height: 32, width: 32, channels: 3), outputs: 8)
    let network = Network(architecture, initialization: .xavier, random: .init(seed: 1))
    let tasks = try TaskSequence.groups(of: 2, count: 5, classCount: 10)
    let type = try #require(Strategies.named("finetune"))
    var session = Session()
    session.set("signs", to: .data(data))
    session.set("net", to: .network(network))
    for seed in 1...5 {
      let run = try Run(
        type, options: OptionValues(type.options, given: ["epochs": .integer(1)]),
        network: network, data: data, tasks: tasks, seed: seed)
      var object = RunOnData(run, on: "signs")
      while !object.run.isFinished {
        if case .taskEnded = object.run.step(data, on: device) { object.keepCheckpoint() }
      }
      #expect(object.checkpoints.states.count == 6)
      session.set("run\(seed)", to: .run(object))
    }
    let clock = ContinuousClock()
    let saving = try clock.measure { try SessionFile.save(session, to: folder.file()) }
    let size = try #require(
      try FileManager.default.attributesOfItem(atPath: folder.file())[.size] as? Int)
    var restored = Session()
    let restoring = try clock.measure {
      (restored, _) = try SessionFile.restore(from: folder.file()) { _ in data }
    }
    expectEqual(session, restored)
    if Campaign.isFull { print("5 runs × 5 tasks: \(size) bytes, \(saving) and \(restoring)") }
    #expect(size <= SizeLimit.bytes, "\(size) bytes")
  }

  /// A file of the first format, which knew neither checkpoints nor details of commands.
  @Test func fileOfTheFirstFormatIsRestored() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 5)
    try SessionFile.save(session, to: folder.file())
    try DatabaseQueue(path: folder.file()).write { db in
      try db.execute(
        sql: """
          DROP VIEW results; DROP VIEW figures; DROP TABLE checkpoints; DROP TABLE images;
          ALTER TABLE journal DROP COLUMN details;
          PRAGMA user_version = 1
          """)
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.isComplete)
    expectEqual(session, restored)
  }
}

private enum SizeLimit {
  static let bytes = 12_000_000
}
