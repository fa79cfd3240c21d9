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
  fileprivate final class Shelf: TensorStorage {
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
      let encoder = JSONEncoder()
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      encoder.userInfo[.tensorStorage] = self
      return try JSONDecoder().decode(State.self, from: encoder.encode(strategy))
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
    let type = type(of: base)
    let shelf = StateChange.Shelf()
    guard let now = try? shelf.state(of: self),
      let fresh = try? shelf.state(of: AnyStrategy(type.init(options)))
    else { return false }
    return type.description.options.allSatisfy { option in
      var varied = options
      varied.change([option.name: option.other(than: options.values[option.name])])
      guard let varied = try? shelf.state(of: AnyStrategy(type.init(varied))) else { return false }
      return State.agrees(now, fresh, varied)
    }
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

/// A value taken apart.
private enum State: Hashable, Codable {
  case nothing
  case flag(Bool)
  case integer(Int64)
  case real(Double)
  case text(String)
  case list([State])
  case fields([String: State])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .nothing
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let integer = try? value.decode(Int64.self) {
      self = .integer(integer)
    } else if let real = try? value.decode(Double.self) {
      self = .real(real)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([State].self) {
      self = .list(list)
    } else {
      self = .fields(try value.decode([String: State].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .nothing: try value.encodeNil()
    case .flag(let flag): try value.encode(flag)
    case .integer(let integer): try value.encode(integer)
    case .real(let real): try value.encode(real)
    case .text(let text): try value.encode(text)
    case .list(let list): try value.encode(list)
    case .fields(let fields): try value.encode(fields)
    }
  }

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
