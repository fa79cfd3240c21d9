/// The words of the language itself, for editors; the parser asks for them one by one.
public enum Keyword: String, CaseIterable, Sendable {
  case version, `let`, `for`, `repeat`, `while`, `if`, elif, `else`, `try`, function
  case `break`, next, `return`
  case `in`, and, or, not, exists
  case `as`

  /// Whether it stands between or before values.
  public var isOperator: Bool {
    switch self {
    case .in, .and, .or, .not, .exists: true
    default: false
    }
  }
}
