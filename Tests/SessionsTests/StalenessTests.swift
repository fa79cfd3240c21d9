import Datasets
import Learning
import Networks
import Randomness
import Sessions
import Testing

/// What was redefined since a run began.
struct StalenessTests {
  private let data: DataSet
  private let network: Network
  private let tasks: TaskSequence
  /// With a run of all tasks and one of the second alone.
  private var session = Session()

  init() throws {
    data = try Classroom.data()
    network = try Classroom.network(heads: 1)
    tasks = TaskSequence(tasks: [[0, 1], [2, 3]])
    session.set("signs", to: .data(data))
    session.set("T", to: .tasks(Tasks(tasks, of: "signs")))
    session.set("one", to: .network(network))
    let run = try Classroom.run("finetune", data)
    for (name, part, sequence) in [
      ("all", "T", tasks), ("second", "T.2", TaskSequence(tasks: [[2, 3]])),
    ] {
      let origin = RunOrigin(network: "one", network, tasks: part, sequence)
      session.set(name, to: .run(RunOnData(run, on: "signs", origin: origin)))
    }
  }

  private func change(_ name: String, to object: Object) -> Session {
    var changed = session
    changed.set(name, to: object)
    return changed
  }

  @Test func nothingIsStaleAtFirst() {
    for name in session.names { #expect(session.staleness(of: name) == []) }
  }

  @Test func objectMadeAgainAsItWasMakesNothingStale() {
    for name in ["signs", "T", "one"] {
      guard let object = session[name] else { continue }
      #expect(change(name, to: object).staleness(of: "second") == [])
      var without = session
      without.remove(name)
      #expect(without.staleness(of: "second") == [], "\(name) is gone")
    }
  }

  @Test func otherImagesAreStaleData() throws {
    var signs = Classroom.signs
    signs.seed = 1
    var other = try signs.generate(threads: 1)
    other.transform = data.transform
    #expect(change("signs", to: .data(other)).staleness(of: "all") == [.data("signs")])
  }

  @Test func otherTransformIsStale() {
    var other = data
    other.transform.brightness = 0.25
    #expect(change("signs", to: .data(other)).staleness(of: "all") == [.transform("signs")])
  }

  @Test func otherTasksAreStaleWhereTheyAreMeant() {
    func staleness(_ tasks: [[Int]], _ run: String) -> [Staleness] {
      change("T", to: .tasks(Tasks(TaskSequence(tasks: tasks), of: "signs"))).staleness(of: run)
    }
    #expect(staleness([[1, 0], [2, 3]], "all") == [.tasks("T")])
    #expect(staleness([[1, 0], [2, 3]], "second") == [])
    #expect(staleness([[0, 1], [3, 2]], "second") == [.tasks("T.2")])
    // There is no second task any more.
    #expect(staleness([[2, 3]], "second") == [.tasks("T.2")])
  }

  @Test func otherWeightsAreStaleUnlessTheyWereDrawnAnew() throws {
    let other = Network(
      network.architecture, initialization: .pytorch, random: RandomStream(seed: 8))
    var changed = change("one", to: .network(other))
    #expect(changed.staleness(of: "all") == [.network("one")])
    guard case .run(var run)? = changed["all"] else { throw NotThere(name: "all") }
    run.origin?.hasFreshWeights = true
    changed.set("all", to: .run(run))
    #expect(changed.staleness(of: "all") == [])
  }

  @Test func nameOfAnotherKindOfObjectIsStale() {
    #expect(change("signs", to: .network(network)).staleness(of: "all") == [.data("signs")])
    #expect(change("T", to: .network(network)).staleness(of: "second") == [.tasks("T.2")])
    #expect(
      change("one", to: .tasks(Tasks(tasks, of: "signs"))).staleness(of: "all")
        == [.network("one")])
  }
}
