import Datasets
import Digests
import Foundation
public import Learning
import Metrics
public import Networks
public import Sessions
import Tensors

/// SHA-256 over numbers, in hexadecimal: equal bits, equal digest.
public enum Fingerprint {
  /// Over a network's weights and running statistics.
  public static func digest(of network: Network) -> String {
    var digest = Digest()
    digest.update(network.weights.elements)
    digest.update(network.statistics.elements)
    return digest.finish()
  }

  /// Over a run's weights, statistics, optimizer, teacher, exemplars, losses and evaluations; not over
  /// the strategy's own state, which follows from them and the setup.
  public static func digest(of run: Run) -> String {
    var digest = Digest()
    digest.update(run.network.weights.elements)
    digest.update(run.network.statistics.elements)
    digest.update(run.learner.optimizer.first.elements)
    digest.update(run.learner.optimizer.second.elements)
    digest.update(run.learner.teacher?.weights.elements ?? [])
    digest.update(run.learner.memory.images)
    digest.update(run.history.losses.elements)
    digest.update(run.history.evaluations.flatMap { $0.confusion.flatMap(\.self) })
    return digest.finish()
  }

  /// Over what a training depends on: data, setup and first weights.
  public static func ofBeginning(_ run: Run) throws -> String {
    var digest = Digest()
    digest.update(try stableText(run.setup))
    digest.update(run.network.weights.elements)
    digest.update(run.network.statistics.elements)
    return digest.finish()
  }

  /// A value as JSON that is the same every time.
  static func stableText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Session {
  /// SHA-256 over the numbers of an object, a task or a checkpoint; nil if there is none of that name.
  public func digest(of name: String) -> String? {
    switch self[name] {
    case .data(let data)?: return data.digest
    case .network(let network)?: return Fingerprint.digest(of: network)
    case .run(let run)?: return Fingerprint.digest(of: run.run)
    case .unavailable(let data)?: return data.reference.digest
    case .tasks(let tasks)?: return Self.digest(of: tasks.sequence.tasks.flatMap(\.self))
    case .table(let table)?: return table.digest
    case .unknown: return nil
    case nil:
      if let (_, state) = checkpoint(name) { return Fingerprint.digest(of: state) }
      return task(name).map { tasks, position in Self.digest(of: tasks.sequence.tasks[position]) }
    }
  }

  private static func digest(of classes: [Int]) -> String {
    var digest = Digest()
    digest.update(classes)
    return digest.finish()
  }

  /// SHA-256 over what decides what an object does next: its numbers and its setup.
  public func fingerprint(of name: String) throws -> String? {
    guard let numbers = self.digest(of: name) else { return nil }
    var digest = Digest()
    digest.update(numbers)
    switch self[name] {
    case .data(let data)?: digest.update(try Fingerprint.stableText(data.transform))
    case .network(let network)?: digest.update(try Fingerprint.stableText(network.architecture))
    case .run(let run)?:
      digest.update(try Fingerprint.stableText(run.run.setup))
      digest.update(try Fingerprint.stableText(run.run.position))
      digest.update(run.run.phase.rawValue)
    case .tasks, .table, .unavailable, .unknown, nil: break
    }
    return digest.finish()
  }
}
