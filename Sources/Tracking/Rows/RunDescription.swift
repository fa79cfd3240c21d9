import Datasets
public import Learning
import Networks

/// What a log says of a run besides its measurements.
public struct RunDescription: Sendable {
  /// Eight of a–z and 0–9: tells logs of equal names apart, and is W&B's run id.
  public let id: String
  /// The run's name in the session.
  public let name: String
  /// Every option, seed, digest, and what else the run follows from.
  public let config: [(key: String, value: LogValue)]
  /// The program and its version: `waymark 0.1.0`.
  public let program: String

  /// - Parameter data: The data set's name in the session.
  public init(of run: Run, name: String, data: String, program: String) {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    id = String((0..<8).map { _ in letters[Int.random(in: 0..<letters.count)] })
    self.name = name
    self.program = program
    config = Self.config(run, data: data)
  }

  private static func config(_ run: Run, data: String) -> [(key: String, value: LogValue)] {
    let setup = run.setup
    var pairs: [(key: String, value: LogValue)] = [
      ("strategy", .text(setup.strategy)), ("seed", .integer(setup.seed)),
      ("data", .text(data)), ("data_digest", .text(setup.dataDigest)),
      ("network", .text(run.network.architecture.name)),
      ("num_tasks", .integer(run.tasks.count)),
      ("classes_per_task", .integer(run.tasks.tasks.first?.count ?? 0)),
      ("tasks", .list(run.tasks.tasks.map { .list($0.map(LogValue.integer)) })),
      ("scenario", .text(run.tasks.scenario.rawValue)),
      ("outputs", .text(run.tasks.hasAllOutputs ? "all" : "so-far")),
    ]
    pairs += setup.transform.logged.map { ($0.key, LogValue($0.value)) }
    for (option, value) in setup.options.values.sorted(by: { $0.key < $1.key }) {
      pairs.append((option, LogValue(value)))
    }
    return pairs
  }
}
