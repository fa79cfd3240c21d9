import Synchronization
import Tensors

/// A strategy of any kind, saved with its name.
public struct AnyStrategy: Sendable {
  public var base: any Strategy

  public init(_ base: any Strategy) { self.base = base }

  public var name: String { type(of: base).description.name }
}

extension AnyStrategy: Hashable {
  public static func == (a: AnyStrategy, b: AnyStrategy) -> Bool {
    AnyHashable(a.base) == AnyHashable(b.base)
  }

  public func hash(into hasher: inout Hasher) { base.hash(into: &hasher) }
}

extension AnyStrategy: Codable {
  private enum Key: CodingKey {
    case name
    case state
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(name, forKey: .name)
    try fields.encode(base, forKey: .state)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let name = try fields.decode(String.self, forKey: .name)
    guard let type = Strategies.named(name) else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: fields, debugDescription: "no strategy is called '\(name)'")
    }
    base = try fields.decode(type, forKey: .state)
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
    for option in type.options {
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
