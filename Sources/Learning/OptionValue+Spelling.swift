import PlainText

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
