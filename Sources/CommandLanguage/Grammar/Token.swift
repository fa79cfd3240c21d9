/// One word or sign of a source.
struct Token: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case text(TextExpression)
    /// `epochs` of `epochs=5`; the span leaves out the sign.
    case key(String)
    case opening(Bracket)
    case closing(Bracket)
    case comma
    case equals
    case comparison(Comparison)
    /// `>`, or `>>` when it appends.
    case output(appends: Bool)
    case terminator
    case end

    var isKey: Bool { if case .key = self { true } else { false } }

    /// Whether a statement may begin behind it.
    var endsStatement: Bool {
      switch self {
      case .terminator, .opening(.brace), .closing(.brace): true
      default: false
      }
    }
  }

  var kind: Kind
  var span: Span
  /// Whether no blank stands between this token and the one before it.
  var isJoined: Bool

  /// The plain bare word that this token is, or nil.
  var word: String? {
    if case .text(let text) = kind { text.plainWord } else { nil }
  }
}

/// A pair of brackets, by its opening character.
public enum Bracket: Character, Hashable, Sendable, CaseIterable {
  case square = "["
  case round = "("
  case brace = "{"

  public var closing: Character {
    switch self {
    case .square: "]"
    case .round: ")"
    case .brace: "}"
    }
  }
}

public enum Comparison: String, Hashable, Sendable, CaseIterable {
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="
}
