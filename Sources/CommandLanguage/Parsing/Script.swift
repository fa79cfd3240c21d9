/// A parsed source: its statements in order, and all that is wrong with its form.
public struct Script: Sendable {
  public let source: Source
  public let statements: [Statement]
  /// In the order of the source; empty when the form is right.
  public let errors: [LanguageError]
  /// Whether more text could complete it: an open bracket or quote, or a final `\`.
  public let isIncomplete: Bool
  public let comments: ScriptComments

  /// Reads a whole script or one typed line; `name` is what errors call it, `version` that of the
  /// longer input that it is out of.
  public init(_ text: String, name: String, firstLine: Int = 1, version: Int? = nil) {
    let source = Source(name: name, text: text, firstLine: firstLine, version: version)
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
      && errors.allSatisfy { error in
        switch error.fact {
        case .unterminatedText, .unclosed: true
        default: error.span == end
        }
      }
  }
}

extension TextExpression {
  /// A literal text in the shortest form that reads back as text and as one word.
  public init(_ text: String) {
    if Self.isPlain(text) {
      self.init(quoting: .bare, pieces: [.literal(text)])
      return
    }
    let nowhere = Span(line: 1, column: 1, length: 1)
    let expected = CommandStatement(
      verb: Located("x", at: nowhere), arguments: [.init(key: nil, value: .word(text, at: nowhere))]
    )
    let script = Script("x " + text, name: "")
    let isPlain = script.errors.isEmpty && script.statements == [.command(expected)]
    self.init(quoting: isPlain ? .bare : .double, pieces: [.literal(text)])
  }

  /// Whether nothing in a text can mean anything else: what most words and all numbers are.
  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text != "as"
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
