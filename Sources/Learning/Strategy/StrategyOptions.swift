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

  public static func integer(
    _ name: String, _ standard: Int, in range: ClosedRange<Int>, _ summary: String
  ) -> StrategyOption {
    StrategyOption(name: name, kind: .integer(standard, range), summary: summary)
  }

  public static func real(
    _ name: String, _ standard: Double, in range: ClosedRange<Double>, _ summary: String
  ) -> StrategyOption {
    StrategyOption(name: name, kind: .real(standard, range), summary: summary)
  }

  public static func flag(
    _ name: String, _ standard: Bool, _ summary: String
  ) -> StrategyOption {
    StrategyOption(name: name, kind: .flag(standard), summary: summary)
  }

  public static func choice(
    _ name: String, _ standard: String, of choices: [String], _ summary: String
  ) -> StrategyOption {
    StrategyOption(name: name, kind: .choice(standard, choices), summary: summary)
  }

  /// The same option with another standard value, which has to be of its kind.
  func defaulting(to standard: OptionValue) -> StrategyOption {
    let changed: Kind? =
      switch (kind, standard) {
      case (.integer(_, let range), .integer(let value)): .integer(value, range)
      case (.real(_, let range), .real(let value)): .real(value, range)
      case (.flag, .flag(let value)): .flag(value)
      case (.choice(_, let choices), .choice(let value)): .choice(value, choices)
      default: nil
      }
    guard let changed else { preconditionFailure("'\(name)' cannot be \(standard.spelling)") }
    return StrategyOption(name: name, kind: changed, summary: summary)
  }

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

  public subscript(integer option: StrategyOption) -> Int {
    guard case .integer(let value)? = values[option.name] else { return missing(option) }
    return value
  }

  public subscript(real option: StrategyOption) -> Double {
    switch values[option.name] {
    case .real(let value): value
    case .integer(let value): Double(value)
    default: missing(option)
    }
  }

  public subscript(float option: StrategyOption) -> Float { Float(self[real: option]) }

  public subscript(flag option: StrategyOption) -> Bool {
    guard case .flag(let value)? = values[option.name] else { return missing(option) }
    return value
  }

  public subscript(choice option: StrategyOption) -> String {
    guard case .choice(let value)? = values[option.name] else { return missing(option) }
    return value
  }

  private func missing<Value>(_ option: StrategyOption) -> Value {
    preconditionFailure("option '\(option.name)' was checked against its declaration")
  }
}

extension OptionValue {
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
