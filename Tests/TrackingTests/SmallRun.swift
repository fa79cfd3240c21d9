import Datasets
import Foundation
import Learning
import Networks
import Randomness

/// Runs of a moment on few and small drawn signs, and a folder that goes away.
enum SmallRun {
  static func data() throws -> DataSet {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (6, 9, 4, 16)
    return try DataSet.load(.synthetic(signs), cache: nil)
  }

  /// - Parameter name: Of a strategy: `der-cnn` has a second stage behind its evaluation.
  static func run(
    _ name: String, on data: DataSet, tasks: [[Int]] = [[4, 0], [3, 1], [2, 5]]
  ) throws -> Run {
    guard let strategy = Strategies.named(name) else { throw Missing(name: name) }
    let heads = name == "der-cnn" ? ["fc", "auxiliary"] : ["fc"]
    let wanted: [String: OptionValue] = ["epochs": .integer(2), "batch": .integer(6)]
    let options = strategy.options
    let architecture = try Architecture(
      name: "small", input: .image(height: 16, width: 16, channels: 3),
      layers: [.maxPool, .maxPool, .flatten], heads: heads.map { Head(name: $0, outputs: 2) })
    return try Run(
      strategy,
      options: OptionValues(
        options, given: wanted.filter { given in options.contains { $0.name == given.key } }),
      network: Network(architecture, initialization: .xavier, random: RandomStream(seed: 1)),
      data: data, tasks: TaskSequence(tasks: tasks), seed: 3)
  }

  struct Missing: Error { var name: String }
}

final class ScratchFolder {
  let path = NSTemporaryDirectory() + "waymark-logs-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  func lines(_ name: String) throws -> [String] {
    try String(contentsOfFile: self(name), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// The only file or folder in `folder` whose name begins so.
  func only(_ front: String, in folder: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: self(folder))
    let found = names.filter { $0.hasPrefix(front) }
    guard found.count == 1 else { throw SmallRun.Missing(name: "\(front) in \(names)") }
    return "\(folder)/\(found[0])"
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: self(name))))
  }
}
