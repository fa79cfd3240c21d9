import Datasets
import Foundation
import Learning
import Networks
import Randomness
import Sessions
import Tensors
import TestSupport
import Testing

/// A session small enough to be saved hundreds of times: drawn signs, two tasks, two networks, and
/// a run of every strategy.
enum Classroom {
  static let strategies = Strategies.all.map { $0.description.name }

  static let signs: SyntheticSigns = {
    var signs = SyntheticSigns()
    signs.classes = 4
    signs.perClass = 12
    signs.testPerClass = 6
    signs.size = 16
    return signs
  }()

  /// Drawn once for all tests.
  private static let drawn = Result { try signs.generate(threads: 1) }

  static let device = Device(threads: 1)

  static func data() throws -> DataSet {
    var data = try drawn.get()
    data.transform.normalization = .gtsrb
    data.transform.horizontalFlip = true
    return data
  }

  static func network(heads: Int) throws -> Network {
    let names = ["fc", "aux"].prefix(heads)
    let architecture = try Architecture(
      name: "Tiny\(heads)", input: .image(height: 16, width: 16, channels: 3),
      layers: [
        .convolution(name: "conv", outputs: 4, kernel: 3, padding: 1), .activation(.relu), .maxPool,
        .flatten, .dense(name: "hidden", outputs: 8), .activation(.relu),
      ],
      heads: names.map { Head(name: $0, outputs: 2) })
    return Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 7).stream("weights"))
  }

  static func tasks(_ data: DataSet) throws -> TaskSequence {
    try TaskSequence.groups(of: 2, classCount: data.classNames.count)
  }

  static func run(_ strategy: String, _ data: DataSet) throws -> Run {
    let type = try #require(Strategies.named(strategy))
    let small: [String: OptionValue] = [
      "epochs": .integer(2), "batch": .integer(8), "memory": .integer(12),
    ]
    let declared = type.options
    var given = small.filter { name, _ in declared.contains { $0.name == name } }
    // Of strategies that have no other memory.
    if given["memory"] == nil { given["per-class"] = .integer(3) }
    let options = OptionValues(
      declared, given: given.filter { name, _ in declared.contains { $0.name == name } })
    let tasks = try tasks(data)
    // As many heads as the strategy asks for.
    let networks = try [1, 2].map { try network(heads: $0) }
    let fitting = networks.first {
      type.init(options).objection(to: $0.architecture, tasks) == nil
    }
    return try Run(
      type, options: options, network: fitting ?? networks[0], data: data, tasks: tasks, seed: 3)
  }

  static func advance(_ run: inout Run, _ data: DataSet, steps: Int) {
    for _ in 0..<steps {
      if run.isFinished { break }
      _ = run.step(data, on: device)
    }
  }

  /// - Parameter steps: Steps that every run has taken.
  static func session(steps: Int) throws -> Session {
    let data = try data()
    var session = Session()
    session.set("signs", to: .data(data))
    session.set("T", to: .tasks(Tasks(try tasks(data), of: "signs")))
    session.set("one", to: .network(try network(heads: 1)))
    session.set("two", to: .network(try network(heads: 2)))
    for strategy in strategies {
      var run = try run(strategy, data)
      advance(&run, data, steps: steps)
      session.set(strategy, to: .run(RunOnData(run, on: "signs")))
    }
    session.settings.seed = 12
    session.settings.threads = 2
    session.journal = [
      JournalEntry(command: "load synthetic as signs", time: 1.75e9 + 0.1, seconds: 0.25),
      JournalEntry(command: "tasks signs size=2 as T", time: 1.75e9 + 1 / 3.0, seconds: 1e-5),
    ]
    return session
  }

  /// Draws signs; anything else is not there.
  static func load(_ source: DataSource) throws -> DataSet {
    try source == .synthetic(signs) ? drawn.get() : DataSet.load(source, cache: nil)
  }
}

/// What two sessions have in common, object by object.
func expectEqual(_ a: Session, _ b: Session) {
  #expect(a.names == b.names)
  #expect(a.settings == b.settings)
  #expect(a.journal == b.journal)
  for name in a.names { #expect(difference(a[name], b[name]) == nil, "\(name)") }
}

/// Where two objects first differ, in a sentence, or nil if they are equal.
func difference(_ a: Object?, _ b: Object?) -> String? {
  switch (a, b) {
  case (.data(let a)?, .data(let b)?):
    a.digest == b.digest && a.train.pixels == b.train.pixels
      ? difference(a.transform, b.transform) ?? difference(a.classNames, b.classNames)
        ?? difference(a.source, b.source)
      : "the images differ"
  case (.tasks(let a)?, .tasks(let b)?): a == b ? nil : "the tasks differ"
  case (.network(let a)?, .network(let b)?): difference(a, b)
  case (.run(let a)?, .run(let b)?):
    difference(a.run, b.run) ?? difference(a.run.seconds.value, b.run.seconds.value)
      ?? (a == b ? nil : "what goes with the runs differs")
  case (.unavailable(let a)?, .unavailable(let b)?): a == b ? nil : "the data sets' names differ"
  case (.unknown(let a)?, .unknown(let b)?): a == b ? nil : "the unknown objects differ"
  case (nil, nil): nil
  default: "there is \(a?.kind ?? "nothing") instead of \(b?.kind ?? "nothing")"
  }
}

extension Session {
  func run(_ name: String) throws -> Run {
    guard case .run(let run)? = self[name] else { throw NotThere(name: name) }
    return run.run
  }

  func data(_ name: String) throws -> DataSet {
    guard case .data(let data)? = self[name] else { throw NotThere(name: name) }
    return data
  }
}

struct NotThere: Error {
  var name: String
}

/// A folder that is removed with the value that names it.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "waymark-sessions-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String = "day1.waymark") -> String { path + "/" + name }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}
