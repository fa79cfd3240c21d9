/// A value as it is written, before references are looked up.
public struct Expression: Hashable, Sendable {
  public indirect enum Form: Hashable, Sendable {
    /// A word, a number or a quoted text; a lone `$name` stands for the variable's value.
    case text(TextExpression)
    case list([Expression])
    /// `conv(32, 5)`.
    case call(name: Located<String>, arguments: [Expression])
    /// Only in `let` and in conditions.
    case arithmetic(Arithmetic, Expression, Expression)
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

  /// Whether `$name` stands anywhere in it.
  var refersToVariables: Bool {
    switch form {
    case .text(let text):
      text.pieces.contains { if case .reference = $0 { true } else { false } }
    case .list(let elements), .call(_, let elements):
      elements.contains(where: \.refersToVariables)
    case .arithmetic(_, let left, let right): left.refersToVariables || right.refersToVariables
    }
  }

  /// The word that this is, when it is bare and without references.
  public var plainWord: String? {
    if case .text(let text) = form { text.plainWord } else { nil }
  }
}

/// The four operations of `let` and of conditions.
public enum Arithmetic: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"

  var bindsTightly: Bool { self == .multiply || self == .divide }
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
}
