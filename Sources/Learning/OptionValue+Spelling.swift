extension OptionValue {
  /// As one writes it: `0.003`, `on`.
  public var spelling: String {
    switch self {
    case .integer(let value): "\(value)"
    case .real(let value):
      value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    case .flag(let value): value ? "on" : "off"
    case .choice(let value): value
    }
  }
}
