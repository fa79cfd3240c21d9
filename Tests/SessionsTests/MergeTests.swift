import Datasets
import Learning
import Networks
import Randomness
import Sessions
import Testing

/// What was computed apart comes into one session, and nothing of it is lost.
struct MergeTests {
  private let data: DataSet
  private let network: Network
  private let tasks = TaskSequence(tasks: [[0, 1], [2, 3]])

  init() throws {
    data = try Classroom.data()
    network = try Classroom.network(heads: 1)
  }

  private func otherData() throws -> DataSet {
    var signs = Classroom.signs
    signs.seed = 1
    var other = try signs.generate(threads: 1)
    other.transform = data.transform
    return other
  }

  private func network(drawnWith seed: UInt64) -> Network {
    Network(network.architecture, initialization: .pytorch, random: RandomStream(seed: seed))
  }

  private func run(
    seed: Int = 3, lr: Double = 0.001, _ tasks: [[Int]] = [[0, 1], [2, 3]], of data: DataSet? = nil,
    named name: String = "signs"
  ) throws -> RunOnData {
    let type = try #require(Strategies.named("finetune"))
    let sequence = TaskSequence(tasks: tasks)
    let run = try Run(
      type, options: OptionValues(type.options, given: ["lr": .real(lr)]),
      network: network, data: data ?? self.data, tasks: sequence, seed: seed)
    return RunOnData(
      run, on: name, origin: RunOrigin(network: "one", network, tasks: "T", sequence))
  }

  private func session(_ objects: KeyValuePairs<String, Object>) -> Session {
    var session = Session()
    for (name, object) in objects { session.set(name, to: object) }
    return session
  }

  private func session(with run: RunOnData) -> Session {
    session([
      "signs": .data(data), "T": .tasks(Tasks(tasks, of: "signs")), "one": .network(network),
      "kd": .run(run),
    ])
  }

  private func run(_ name: String, _ session: Session) throws -> RunOnData {
    guard case .run(let run)? = session[name] else { throw NotThere(name: name) }
    return run
  }

  @Test func whatIsHereAlreadyIsNotAdded() throws {
    let other = session(with: try run())
    var here = other
    let merged = here.merge(other)
    #expect(merged.map(\.name) == other.names && merged.map(\.here) == other.names)
    #expect(merged.allSatisfy(\.isKnown) && here.names == other.names)
  }

  @Test func takenNamesGetTheFirstNumberThatIsFree() throws {
    var here = session(["one": .network(network)])
    for seed in 1...3 {
      let merged = here.merge(session(["one": .network(network(drawnWith: UInt64(seed)))]))
      #expect(merged.map(\.here) == ["one-\(seed)"])
    }
    // An equal one is known under its number.
    let merged = here.merge(session(["one": .network(network(drawnWith: 2))]))
    #expect(merged.map(\.here) == ["one-2"] && merged.map(\.isKnown) == [true])
    #expect(here.names == ["one", "one-1", "one-2", "one-3"])
    #expect(difference(here["one"], .network(network)) == nil)
  }

  /// Others' names follow, in whatever order the objects were made.
  @Test func renamedObjectsAreCalledByTheirNewNames() throws {
    var here = session(with: try run())
    let images = try otherData()
    var theirs = try run(seed: 4, of: images)
    theirs.origin?.tasks = "T.2"
    let other = session([
      "kd": .run(theirs), "T": .tasks(Tasks(tasks, of: "signs")),
      "one": .network(network(drawnWith: 9)), "signs": .data(images),
    ])
    let merged = here.merge(other)
    #expect(merged.map(\.here) == ["signs-1", "T-1", "one-1", "kd-1"])
    guard case .tasks(let added)? = here["T-1"] else { throw NotThere(name: "T-1") }
    #expect(added.data == "signs-1" && added.sequence == tasks)
    let run = try run("kd-1", here)
    #expect(run.data == "signs-1" && run.group == nil)
    #expect(run.origin?.network == "one-1" && run.origin?.tasks == "T-1.2")
  }

  @Test func imagesWithAnotherTransformAreOthers() throws {
    var here = session(["signs": .data(data)])
    var other = data
    other.transform.brightness = 0.25
    let merged = here.merge(session(["signs": .data(other)]))
    #expect(merged.map(\.here) == ["signs-1"])
  }

  @Test func sameRunOfDataByAnotherNameIsKeptToo() throws {
    var here = session(with: try run())
    let other = session(["marks": .data(data), "kd": .run(try run(named: "marks"))])
    let merged = here.merge(other)
    #expect(merged.map(\.here) == ["marks", "kd-1"] && !merged.contains { $0.isKnown })
    #expect(try run("kd-1", here).data == "marks" && run("kd", here).data == "signs")
  }

  // MARK: Runs of several seeds

  @Test func runsThatDifferInTheirSeedsAreOfOneGroup() throws {
    var here = session(with: try run())
    // Another order of the classes makes no other task.
    let merged = here.merge(session(with: try run(seed: 4, [[3, 0], [1, 2]])))
    #expect(merged.map(\.here) == ["signs", "T", "one", "kd-4"])
    #expect(here.groups == ["kd"] && here.runs(of: "kd") == ["kd-3", "kd-4"])
    #expect(here["kd"] == nil)
    #expect(try run("kd-3", here).run.setup.seed == 3 && run("kd-4", here).run.setup.seed == 4)
  }

  @Test func runsOfOneSeedAreNoGroup() throws {
    var here = session(with: try run())
    var further = try run()
    Classroom.advance(&further.run, data, steps: 2)
    let merged = here.merge(session(with: further))
    #expect(merged.last?.here == "kd-1" && here.groups.isEmpty)
    #expect(try run("kd", here).run.history.steps < run("kd-1", here).run.history.steps)
  }

  @Test func runOfOtherOptionsIsCalledByThem() throws {
    var here = session(with: try run())
    let merged = here.merge(session(with: try run(seed: 4, lr: 0.01)))
    #expect(merged.last?.here == "kd-lr0_01" && here.groups.isEmpty)
  }

  @Test func runsOfTasksOfOtherSizesAreNoGroup() throws {
    var here = session(with: try run())
    let merged = here.merge(session(with: try run(seed: 4, [[0, 1, 2], [3]])))
    #expect(merged.last?.here == "kd-1" && here.groups.isEmpty)
  }

  /// The data set was changed after the run that is here.
  @Test func runsOfOtherImagesAreNoGroup() throws {
    let images = try otherData()
    var here = session(["signs": .data(images), "kd": .run(try run())])
    let other = session(["signs": .data(images), "kd": .run(try run(seed: 4, of: images))])
    let merged = here.merge(other)
    #expect(merged.map(\.here) == ["signs", "kd-1"] && here.groups.isEmpty)
  }
}
