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

extension AnyStrategy {
  /// Whether whatever options decide in a strategy, which may come from a file, is as these make it:
  /// what differs between two fresh strategies when one option does.
  func isMade(by options: OptionValues) -> Bool {
    guard let now = try? Self.state(of: self),
      let made = Self.states(of: type(of: base), options)
    else { return false }
    return made.varied.allSatisfy { State.agrees(now, made.fresh, $0) }
  }

  /// A fresh strategy, and one for every option with another value of that.
  private struct Made {
    var fresh: State
    var varied: [State]
  }

  private struct Setting: Hashable {
    var strategy: String
    var options: OptionValues
  }

  /// Made once for all runs with the same options.
  private static let known = Mutex<[Setting: Made]>([:])

  private static func states(of type: any Strategy.Type, _ options: OptionValues) -> Made? {
    let setting = Setting(strategy: type.description.name, options: options)
    if let made = known.withLock({ $0[setting] }) { return made }
    guard let fresh = try? state(of: AnyStrategy(type.init(options))) else { return nil }
    var made = Made(fresh: fresh, varied: [])
    for option in type.description.options {
      var other = options
      other.change([option.name: option.other(than: options.values[option.name])])
      guard let varied = try? state(of: AnyStrategy(type.init(other))) else { return nil }
      if varied != fresh { made.varied.append(varied) }
    }
    known.withLock { [made] in $0[setting] = made }
    return made
  }

  private static func state(of strategy: AnyStrategy) throws -> State {
    try State(strategy, userInfo: [.tensorStorage: Marks()])
  }

  /// Keeps no arrays, but names equal ones alike (FNV-1a over their bits).
  private final class Marks: TensorStorage {
    struct Missing: Error {}

    func store(_ elements: [Float]) -> String {
      let mark = elements.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01B3
      }
      return "\(elements.count) \(mark)"
    }

    func elements(for key: String) throws -> [Float] { throw Missing() }
  }
}

extension StrategyOption {
  /// Some value but this one.
  fileprivate func other(than value: OptionValue?) -> OptionValue {
    let values: [OptionValue] =
      switch kind {
      case .integer(_, let range): [.integer(range.lowerBound), .integer(range.upperBound)]
      case .real(_, let range):
        [.real(range.lowerBound), .real((range.lowerBound + range.upperBound) / 2)]
      case .flag: [.flag(false), .flag(true)]
      case .choice(_, let words): words.map { .choice($0) }
      }
    return values.first { $0 != value } ?? standard
  }
}

extension State {
  /// `now` with what differs between `before` and `after`; nil where `now` is neither.
  static func merged(_ now: State, _ before: State, _ after: State) -> State? {
    if before == after { return now }
    if now == before { return after }
    guard case .fields(let now) = now, case .fields(let before) = before,
      case .fields(let after) = after
    else { return nil }
    var result: [String: State] = [:]
    for key in Set(now.keys).union(before.keys).union(after.keys) {
      guard
        let value = merged(
          now[key] ?? .nothing, before[key] ?? .nothing, after[key] ?? .nothing)
      else { return nil }
      result[key] = value
    }
    return .fields(result)
  }

  /// Whether `now` is as `fresh` wherever that differs from `varied`.
  static func agrees(_ now: State, _ fresh: State, _ varied: State) -> Bool {
    if fresh == varied || now == fresh { return true }
    guard case .fields(let now) = now, case .fields(let fresh) = fresh,
      case .fields(let varied) = varied
    else { return false }
    return Set(fresh.keys).union(varied.keys).allSatisfy { key in
      agrees(now[key] ?? .nothing, fresh[key] ?? .nothing, varied[key] ?? .nothing)
    }
  }
}
