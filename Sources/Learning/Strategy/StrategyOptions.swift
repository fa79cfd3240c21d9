import PlainText

/// One setting of a strategy: its name, what it may be, and what it is when not given.
public struct StrategyOption: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case integer(Int, ClosedRange<Int>)
    case real(Double, ClosedRange<Double>)
    case flag(Bool)
    case choice(String, [String])
  }

  public let name: String
  public let kind: Kind
  public let summary: String

  public var standard: OptionValue {
    switch kind {
    case .integer(let value, _): .integer(value)
    case .real(let value, _): .real(value)
    case .flag(let value): .flag(value)
    case .choice(let value, _): .choice(value)
    }
  }
}

/// The value of an option.
public enum OptionValue: Codable, Hashable, Sendable {
  case integer(Int)
  case real(Double)
  case flag(Bool)
  case choice(String)

  /// As one writes it: `0.003`, `on`.
  public var spelling: String {
    switch self {
    case .integer(let value): "\(value)"
    case .real(let value): value.plainText
    case .flag(let value): value ? "on" : "off"
    case .choice(let value): value
    }
  }
}

/// A strategy's options as a run has them: every option has a value.
public struct OptionValues: Codable, Hashable, Sendable {
  public private(set) var values: [String: OptionValue]

  /// The standard values of `options`, except where `given` says otherwise.
  public init(_ options: [StrategyOption], given: [String: OptionValue] = [:]) {
    values = Dictionary(uniqueKeysWithValues: options.map { ($0.name, $0.standard) })
    values.merge(given) { $1 }
  }

  /// A whole number by its option's name, or nil if there is no such option.
  public subscript(integer name: String) -> Int? {
    if case .integer(let value)? = values[name] { value } else { nil }
  }
}
