import Datasets
import Foundation
import Learning
import Networks
import Sessions
import Tensors
import TestSupport
import Testing

struct RestoreTests {
  @Test func restoredSessionIsTheSavedOne() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 9)
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(
      from: folder.file(), load: Classroom.load)
    expectEqual(session, restored)
    #expect(report.isComplete && report.restored == session.names)
    #expect(report.program == SessionFile.program)
    #expect(abs((report.saved ?? 0) - Date().timeIntervalSince1970) < 3600)
    #expect(try folder.names == ["day1.waymark"])
  }

  @Test func emptySessionIsRestored() throws {
    let folder = try ScratchFolder()
    try SessionFile.save(Session(), to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    expectEqual(Session(), restored)
    #expect(report.isComplete)
  }

  /// Between two edits those that keep most.
  private static let tried =
    Campaign.isLong ? Classroom.strategies : ["ewc", "bic", "dark", "der", "analytic"]

  /// Stops after every step there is, the first and the last too.
  @Test(arguments: tried)
  func runGoesOnAsIfItHadNeverStopped(strategy: String) throws {
    let folder = try ScratchFolder()
    let data = try Classroom.data()
    var straight = try Classroom.run(strategy, data)
    var stops: [Run] = [straight]
    while !straight.isFinished {
      _ = straight.step(data, on: Classroom.device)
      stops.append(straight)
    }
    #expect(stops.count > 10)
    var session = Session()
    session.set("signs", to: .data(data))
    for (step, run) in stops.enumerated() {
      session.set("run\(step)", to: .run(RunOnData(run, on: "signs")))
    }
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.isComplete)
    let again = try restored.data("signs")
    for step in stops.indices {
      var run = try restored.run("run\(step)")
      #expect(difference(run, stops[step]) == nil, "restored after step \(step)")
      Classroom.advance(&run, again, steps: .max)
      #expect(difference(run, straight) == nil, "resumed after step \(step)")
    }
  }

  @Test func figuresThatAreNoNumbersAreKept() throws {
    let folder = try ScratchFolder()
    var network = try Classroom.network(heads: 1)
    let odd: [Float] = [
      .nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
      .ulpOfOne,
    ]
    network.weights.elements.replaceSubrange(0..<odd.count, with: odd)
    var session = Session()
    session.set("net", to: .network(network))
    session.journal = [JournalEntry(command: "set 'é'\n\u{1F6A7}", time: -0.0, seconds: .nan)]
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    session.journal[0].seconds = 0
    #expect(report.isComplete && restored.journal == session.journal)
    guard case .network(let again)? = restored["net"] else { throw NotThere(name: "net") }
    #expect(
      again.weights.elements.map(\.bitPattern) == network.weights.elements.map(\.bitPattern))
  }

  @Test func divergedRunIsSaved() throws {
    let folder = try ScratchFolder()
    let data = try Classroom.data()
    var session = try Classroom.session(steps: 0)
    let type = try #require(Strategies.named("finetune"))
    var run = try Run(
      type,
      options: OptionValues(
        type.options,
        given: ["epochs": .integer(1), "lr": .real(10), "batch": .integer(4)]),
      network: Classroom.network(heads: 1), data: data, tasks: Classroom.tasks(data), seed: 0)
    var network = run.network
    network.weights.elements[0] = .nan
    run = try Run(
      type, options: run.setup.options, network: network, data: data,
      tasks: Classroom.tasks(data), seed: 0)
    Classroom.advance(&run, data, steps: .max)
    #expect(run.history.losses.elements.contains { $0.isNaN })
    session.set("diverged", to: .run(RunOnData(run, on: "signs")))
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.isComplete)
    let found = try restored.run("diverged")
    #expect(found.position == run.position && found.history.evaluations == run.history.evaluations)
    let bits = [found, run].map { $0.history.losses.elements.map(\.bitPattern) }
    #expect(difference(bits[0], bits[1]) == nil)
  }

  @Test func onlyWhatIsNamedIsRestored() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 3)
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(
      from: folder.file(), only: ["two", "joint"]
    ) { _ in throw NotThere(name: "not asked for") }
    #expect(restored.names == ["two", "joint"])
    #expect(difference(restored["joint"], session["joint"]) == nil)
    #expect(report.notes == [.withoutData(name: "joint", data: "signs")])
  }

  @Test func unknownNameIsRefusedAndTheNamesAreSaid() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 0)
    try SessionFile.save(session, to: folder.file())
    #expect(
      throws: SessionFileError.noSuchObject(
        path: folder.file(), name: "kd", objects: session.names)
    ) {
      try SessionFile.restore(from: folder.file(), only: ["one", "kd"], load: Classroom.load)
    }
  }

  @Test func contentsAreListedWithoutTheData() throws {
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 9)
    try SessionFile.save(session, to: folder.file(), program: "9.8")
    let listing = try SessionFile.contents(of: folder.file())
    #expect(listing.items.map(\.name) == session.names)
    #expect(listing.items.map(\.kind).prefix(4) == ["data", "tasks", "network", "network"])
    #expect(listing.program == "9.8" && listing.commands == 2 && listing.saved != nil)
    let run = try session.run("der-cnn")
    let state = try #require(listing.items.first { $0.name == "der-cnn" }?.run)
    #expect(state.strategy == "der-cnn" && state.data == "signs" && state.tasks == 2)
    #expect(state.steps == run.history.steps && state.seconds == run.seconds.value)
    #expect(state.tasksDone == run.tasksDone && state.tasksDone < state.tasks)
    #expect(!state.isFinished && listing.items[0].run == nil)
  }
}
