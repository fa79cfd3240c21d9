import Foundation
import Synchronization
import Tensors

/// What an option changes in a strategy: the difference between two fresh ones, to be applied to one
/// that has learned already.
///
/// Only what is still as it was when the strategy was made is replaced, so nothing that was learned
/// changes. Strategies need not take part in it: they are compared as they would be saved.
struct StateChange {
  private let shelf = Shelf()
  private let before: State?
  private let after: State?

  init(from before: AnyStrategy, to after: AnyStrategy) {
    self.before = try? shelf.state(of: before)
    self.after = try? shelf.state(of: after)
  }

  /// The strategy with the change, or nil if what it has learned has taken the place of what the
  /// option would change.
  func applied(to strategy: AnyStrategy) -> AnyStrategy? {
    guard let before, let after, let now = try? shelf.state(of: strategy),
      let changed = State.merged(now, before, after)
    else { return nil }
    return try? shelf.strategy(of: changed)
  }

  /// Keeps arrays while strategies are taken apart; equal ones have one key.
  private final class Shelf: TensorStorage {
    private let kept = Mutex<[[Float]]>([])

    private struct Missing: Error {}

    func store(_ elements: [Float]) -> String {
      kept.withLock { kept in
        if let index = kept.firstIndex(of: elements) { return "\(index)" }
        kept.append(elements)
        return "\(kept.count - 1)"
      }
    }

    func elements(for key: String) throws -> [Float] {
      try kept.withLock { kept throws(Missing) in
        guard let index = Int(key), kept.indices.contains(index) else { throw Missing() }
        return kept[index]
      }
    }

    func state(of strategy: AnyStrategy) throws -> State {
      try State(strategy, userInfo: [.tensorStorage: self])
    }

    func strategy(of state: State) throws -> AnyStrategy {
      let decoder = JSONDecoder()
      decoder.nonConformingFloatDecodingStrategy = .convertFromString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      decoder.userInfo[.tensorStorage] = self
      return try decoder.decode(AnyStrategy.self, from: JSONEncoder().encode(state))
    }
  }
}
