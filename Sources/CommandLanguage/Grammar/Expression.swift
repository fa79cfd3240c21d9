/// A value as it is written, before references are looked up.
public struct Expression: Hashable, Sendable {
  public indirect enum Form: Hashable, Sendable {
    /// A word, a number or a quoted text; a lone `$name` stands for the variable's value.
    case text(TextExpression)
    case list([Expression])
    /// `conv(32, 5)`, or a function with what it is given: `round($x, 2)`.
    case call(name: Located<String>, arguments: [CommandStatement.Argument])
    /// `( … )`: in an argument only what stands in parentheses is worked out.
    case group(Expression)
    case operation(Operator, Expression, Expression)
    case not(Expression)
    /// `-( … )`; before a number the sign is a part of it.
    case negative(Expression)
    /// `exists NAME`: whether an object of this name is live.
    case exists(Expression)
    /// `$list[0]`, or the part `$list[1..3]`.
    case element(of: Expression, at: Expression)
    /// What stands behind `where`: asked of every row of a table, not worked out before.
    case condition(Expression)
  }

  public var form: Form
  @Incidental public var span: Span

  public init(_ form: Form, at span: Span) {
    self.form = form
    self.span = span
  }

  /// A bare word, as a command writes it when it expands what was typed.
  public static func word(_ word: String, at span: Span) -> Expression {
    Expression(.text(TextExpression(quoting: .bare, pieces: [.literal(word)])), at: span)
  }

  /// The expressions that it is made of.
  var parts: [Expression] {
    switch form {
    case .text: []
    case .list(let elements): elements
    case .call(_, let arguments): arguments.map(\.value)
    case .group(let inner), .not(let inner), .negative(let inner), .exists(let inner),
      .condition(let inner):
      [inner]
    case .operation(_, let left, let right): [left, right]
    case .element(let whole, let place): [whole, place]
    }
  }

  /// Whether `$name` stands anywhere in it.
  var refersToVariables: Bool {
    if case .text(let text) = form { return text.refersToVariables }
    return parts.contains(where: \.refersToVariables)
  }

  /// Whether there is anything to work out: a reference, or what stands in parentheses.
  var isOpen: Bool {
    switch form {
    case .text(let text): text.refersToVariables
    case .list, .call: parts.contains(where: \.isOpen)
    default: true
    }
  }

  /// The word that this is, when it is bare and without references.
  public var plainWord: String? {
    if case .text(let text) = form { text.plainWord } else { nil }
  }
}

/// What stands between two values, in the order in which it binds, the loosest first.
public enum Operator: Hashable, Sendable {
  case or
  case and
  case comparison(Comparison)
  /// Whether a list has the value, or a text the part.
  case isIn
  case arithmetic(Arithmetic)

  /// As it is written.
  public var sign: String {
    switch self {
    case .or: "or"
    case .and: "and"
    case .comparison(let comparison): comparison.rawValue
    case .isIn: "in"
    case .arithmetic(let operation): operation.rawValue
    }
  }

  /// The operator that a bare word is.
  init?(word: String) {
    switch word {
    case "or": self = .or
    case "and": self = .and
    case "in": self = .isIn
    default:
      guard let operation = Arithmetic(rawValue: word) else { return nil }
      self = .arithmetic(operation)
    }
  }

  /// How tightly it binds; operators of the same rank go from left to right, but powers.
  var rank: Int {
    switch self {
    case .or: 0
    case .and: 1
    case .comparison, .isIn: 3
    case .arithmetic(.add), .arithmetic(.subtract): 4
    case .arithmetic(.multiply), .arithmetic(.divide), .arithmetic(.remainder): 5
    case .arithmetic(.power): 6
    }
  }

  /// The rank of `not`.
  static let rankOfNot = 2
  static let highestRank = 6
}

public enum Arithmetic: String, Hashable, Sendable, CaseIterable {
  /// Joins lists and texts too.
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  /// Of the sign of the right one, as in Python.
  case remainder = "%"
  case power = "^"
}

/// A word or quoted text made of literal pieces and references.
public struct TextExpression: Hashable, Sendable {
  public enum Quoting: Hashable, Sendable {
    case bare
    /// `'…'`, where `''` is a quote and nothing else is special.
    case single
    /// `"…"`, with escapes and references.
    case double
  }

  public enum Piece: Hashable, Sendable {
    case literal(String)
    case reference(Located<String>)
  }

  public var quoting: Quoting
  public var pieces: [Piece]

  public init(quoting: Quoting, pieces: [Piece]) {
    self.quoting = quoting
    self.pieces = pieces
  }

  private var lonePiece: Piece? { quoting == .bare && pieces.count == 1 ? pieces[0] : nil }

  /// The text, when it is bare and without references.
  public var plainWord: String? {
    if case .literal(let word) = lonePiece { word } else { nil }
  }

  /// The variable that a lone bare `$name` refers to.
  var loneReference: Located<String>? {
    if case .reference(let name) = lonePiece { name } else { nil }
  }

  var refersToVariables: Bool {
    pieces.contains { if case .reference = $0 { true } else { false } }
  }
}
