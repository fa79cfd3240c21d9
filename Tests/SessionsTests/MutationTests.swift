import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Sessions
import TestSupport
import Testing

/// Session files in which somebody changed the JSON and made the digests right: whatever is restored
/// can be worked with.
///
/// `WAYMARK_SESSION_MUTATIONS` says how many are tried, `WAYMARK_SESSION_SEED` which is the first;
/// then each one's number is told before it is tried.
@Suite(.serialized) struct MutationTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["WAYMARK_SESSION_MUTATIONS"].flatMap { Int($0) }
  private static let first = environment["WAYMARK_SESSION_SEED"].flatMap { Int($0) } ?? 0

  /// A run of every strategy and what it needs, after so many steps.
  private static func bases(in folder: ScratchFolder) throws -> [(path: String, names: [String])] {
    var bases: [(String, [String])] = []
    let data = try Classroom.data()
    for (number, strategy) in Classroom.strategies.enumerated() {
      for steps in [5, 40, .max] {
        var session = Session()
        session.set("signs", to: .data(data))
        session.set("T", to: .tasks(Tasks(try Classroom.tasks(data), of: "signs")))
        let network = try Classroom.network(heads: 1)
        session.set("one", to: .network(network))
        var object = RunOnData(
          try Classroom.run(strategy, data), on: "signs",
          origin: RunOrigin(
            network: "one", network, tasks: "T", try Classroom.tasks(data)))
        // In steps of uneven size, so that some stop within a test.
        Classroom.advance(&object.run, data, steps: steps == .max ? steps : steps + number)
        object.keepCheckpoint()
        Classroom.advance(&object.run, data, steps: 1)
        session.set("run", to: .run(object))
        let path = folder.file("\(strategy)-\(bases.count).waymark")
        try SessionFile.save(session, to: path)
        bases.append((path, session.names))
      }
    }
    return bases
  }

  @Test func whatIsRestoredCanBeWorkedWith() throws {
    let folder = try ScratchFolder()
    let bases = try Self.bases(in: folder)
    let file = folder.file("changed.waymark")
    var restoredCount = 0
    for number in Self.first..<Self.first
      + (Self.count ?? Campaign.count(30, long: 120, full: 20_000))
    {
      if Self.count != nil {
        FileHandle.standardError.write(Data("mutation \(number)\n".utf8))
      }
      let base = bases[number % bases.count]
      try? FileManager.default.removeItem(atPath: file)
      try FileManager.default.copyItem(atPath: base.path, toPath: file)
      var mutations = JSONMutations(seed: UInt64(number))
      // Mostly the run, which has the most to be wrong.
      let name = number % 5 == 0 ? base.names[number / 5 % base.names.count] : "run"
      try Forgery.rewrite(name, in: file) { try mutations.change($0) }
      let (session, report) = try SessionFile.restore(from: file, load: Classroom.load)
      #expect(report.notes.allSatisfy { !$0.message.unicodeScalars.contains("\u{1B}") })
      if session[name] != nil { restoredCount += 1 }
      try work(with: session, folder)
    }
    // Not everything is refused: many changes make another possible session.
    #expect(restoredCount > 0)
  }

  /// What the shell does with objects.
  private func work(with session: Session, _ folder: ScratchFolder) throws {
    let copy = folder.file("again.waymark")
    try SessionFile.save(session, to: copy)
    _ = try SessionFile.contents(of: copy)
    _ = session.footprint
    for name in session.names {
      _ = session.staleness(of: name)
      switch session[name] {
      case .run(let object)?: try work(with: object, session)
      case .network(let network)?:
        if case .data(let data)? = session["signs"],
          data.transform.output(of: data.train.shape)
            == ImageShape(height: 16, width: 16, channels: 3)
        {
          let batch = data.batch(0..<4, of: .train, training: true, random: .init(seed: 0))
          guard network.architecture.input == .image(height: 16, width: 16, channels: 3) else {
            continue
          }
          _ = network.logits(batch.images, on: Classroom.device)
        }
      case .data(let data)?:
        _ = data.batch(
          data.train.labels.indices.prefix(4), of: .train, training: true, random: .init(seed: 0))
      default: break
      }
    }
  }

  private func work(with object: RunOnData, _ session: Session) throws {
    guard case .data(let data)? = session[object.data],
      data.digest == object.run.setup.dataDigest
    else { return }
    for state in [object.run] + object.checkpoints.states {
      var run = state
      #expect(run.misfit(with: data) == nil)
      Classroom.advance(&run, data, steps: 12)
      _ = run.history.evaluations.map { ($0.accuracy, $0.macroAccuracy, $0.taskMaskedAccuracy) }
      _ = run.kept
      _ = run.forwardTransfer
    }
    _ = try? object.run.branched(["epochs": .integer(3)], seed: 5)
  }
}
