import Foundation
import Synchronization
import Tensors

/// A strategy taken apart, as it encodes itself, so that two can be compared place by place.
enum State: Hashable, Codable {
  case nothing
  case flag(Bool)
  case integer(Int64)
  /// A number above those of `integer`.
  case unsigned(UInt64)
  case real(Double)
  case text(String)
  case list([State])
  case fields([String: State])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let integer = try? value.decode(Int64.self) {
      self = .integer(integer)
    } else if let real = try? value.decode(Double.self) {
      self = (try? value.decode(UInt64.self)).map { .unsigned($0) } ?? .real(real)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if value.decodeNil() {
      self = .nothing
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
    case .unsigned(let integer): try value.encode(integer)
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

/// Keeps arrays while strategies are taken apart, each under a key that follows from its numbers.
final class Shelf: TensorStorage {
  private let kept = Mutex<[String: [Float]]>([:])

  private struct Missing: Error {}

  /// Two sums over the bits (FNV-1a, forwards and backwards), so that no two arrays have one key.
  func store(_ elements: [Float]) -> String {
    func sum(_ elements: some Sequence<Float>) -> UInt64 {
      elements.reduce(0xCBF2_9CE4_8422_2325) {
        ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01B3
      }
    }
    let key = "\(elements.count) \(sum(elements)) \(sum(elements.reversed()))"
    kept.withLock { $0[key] = elements }
    return key
  }

  func elements(for key: String) throws -> [Float] {
    guard let elements = kept.withLock({ $0[key] }) else { throw Missing() }
    return elements
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
