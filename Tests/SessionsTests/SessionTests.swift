import Datasets
import Learning
import Networks
import Sessions
import Tensors
import Testing

/// The value that is saved: names, changes, groups, what does not fit together.
struct SessionTests {
  @Test func changesAreWhatWasSetSince() throws {
    var session = Session()
    let network = try Classroom.network(heads: 1)
    for name in ["a", "b", "c"] { session.set(name, to: .network(network)) }
    let earlier = session
    #expect(session.changes(since: earlier).isEmpty)
    session.set("b", to: .network(network))
    session.set("d", to: .network(network))
    session.remove("c")
    #expect(session.changes(since: earlier) == ["b", "d"])
    #expect(session.revision == earlier.revision + 3)
    // Made anew under an old name it is another object.
    session.set("c", to: .network(network))
    #expect(session.changes(since: earlier) == ["b", "d", "c"])
  }

  @Test func imagesOfWhatWasRemovedAreNotCarried() throws {
    var session = Session()
    session.set("signs", to: .data(try Classroom.data()))
    session.embedded = ["signs"]
    session.remove("signs")
    session.set("signs", to: .data(try Classroom.data()))
    #expect(session.embedded.isEmpty)
  }

  @Test func runsOfSeveralSeedsHaveACommonName() throws {
    let data = try Classroom.data()
    let run = try Classroom.run("finetune", data)
    var session = Session()
    session.set("signs", to: .data(data))
    let groups: KeyValuePairs<String, String?> = [
      "kd-1": "kd", "alone": nil, "ft-1": "ft", "kd-2": "kd", "ft-2": "ft",
    ]
    for (name, group) in groups {
      session.set(name, to: .run(RunOnData(run, on: "signs", group: group)))
    }
    #expect(session.groups == ["kd", "ft"])
    #expect(session.runs(of: "kd") == ["kd-1", "kd-2"])
    #expect(session.runs(of: "ft") == ["ft-1", "ft-2"] && session.runs(of: "alone").isEmpty)
  }

  /// A run that learned from other images than its data set has now is stale, which is told elsewhere.
  @Test func runOfEarlierDataIsNoMisfit() throws {
    let data = try Classroom.data()
    var session = Session()
    session.set("signs", to: .data(data))
    session.set("run", to: .run(RunOnData(try Classroom.run("finetune", data), on: "signs")))
    #expect(session.misfit(of: "run") == nil)
    var larger = Classroom.signs
    larger.size = 20
    session.set("signs", to: .data(try larger.generate(threads: 1)))
    #expect(session.misfit(of: "run") == nil)
  }

  // MARK: Footprint

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

  @Test func imagesOfBothSplitsAreInTheFootprint() throws {
    var session = Session()
    let data = try Classroom.data()
    session.set("signs", to: .data(data))
    let images = 16 * 16 * 3 * (data.train.count + data.test.count)
    #expect(data.test.count > 0 && session.footprint == images)
    session.set("again", to: .data(data))
    #expect(session.footprint == images)
    let network = try Classroom.network(heads: 1)
    session.set("one", to: .network(network))
    #expect(session.footprint == images + 4 * network.weights.count)
  }
}
