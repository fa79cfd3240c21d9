/// A parsed source: its statements in order, and all that is wrong with its form.
public struct Script: Sendable {
  public let source: Source
  public let statements: [Statement]
  /// In the order of the source; empty when the form is right.
  public let errors: [LanguageError]
  /// Whether more text could complete it: an open bracket or quote, or a final `\`.
  public let isIncomplete: Bool
  public let comments: ScriptComments

  /// Reads a whole script or one typed line; `name` is what errors call it.
  public init(_ text: String, name: String, firstLine: Int = 1) {
    let source = Source(name: name, text: text, firstLine: firstLine)
    var lexer = Lexer(source)
    lexer.scan()
    var parser = Parser(tokens: lexer.tokens, source: source)
    let statements = parser.parseScript()
    self.source = source
    self.statements = statements
    comments = ScriptComments(
      tokens: lexer.tokens, occupied: lexer.occupied, texts: lexer.comments, firstLine: firstLine)
    errors = (lexer.errors + parser.errors).sorted {
      ($0.span.line, $0.span.column) < ($1.span.line, $1.span.column)
    }
    let end = lexer.tokens.last?.span
    isIncomplete =
      (lexer.isIncomplete || parser.isIncomplete)
      && errors.allSatisfy { $0.fact.isOpenEnd || $0.span == end }
  }
}

extension LanguageError.Fact {
  /// Whether more text would mend it.
  fileprivate var isOpenEnd: Bool {
    switch self {
    case .unterminatedText, .unclosed: true
    default: false
    }
  }
}

extension TextExpression {
  /// A literal text in the shortest form that reads back as text and as one word.
  public init(_ text: String) {
    let script = Script("x " + text, name: "")
    if script.errors.isEmpty, script.statements.count == 1,
      case .command(let command) = script.statements[0], command.arguments.count == 1,
      command.resultName == nil, command.output == nil, command.arguments[0].key == nil,
      command.arguments[0].value.plainWord == text
    {
      self.init(quoting: .bare, pieces: [.literal(text)])
    } else {
      self.init(quoting: .double, pieces: [.literal(text)])
    }
  }
}
