extension Evaluation {
  /// A command whose result and output have the values of their references in their place.
  func evaluated(_ statement: CommandStatement) throws(LanguageError) -> CommandStatement {
    guard statement.resultName != nil || statement.output != nil else { return statement }
    var result = statement
    if let name = statement.resultName { result.resultName = try evaluated(name) }
    if let output = statement.output { result.output?.file = try evaluated(output.file) }
    return result
  }

  private func evaluated(_ expression: Expression) throws(LanguageError) -> Expression {
    expression.isOpen ? Expression(try value(of: expression)) : expression
  }
}

extension Expression {
  /// An expression that has this value.
  init(_ operand: Operand) {
    switch operand.value {
    case .list(let operands):
      self.init(.list(operands.map(Expression.init)), at: operand.span)
    case .call(let call):
      self.init(
        .call(
          name: Located(call.name, at: call.span),
          arguments: call.arguments.map { .init(key: nil, value: Expression($0)) }),
        at: operand.span)
    case .condition(let condition):
      self.init(.condition(condition.expression), at: operand.span)
    case .text:
      // Quoted, since a bare `5` would be a number.
      self.init(
        .text(TextExpression(quoting: .double, pieces: [.literal(operand.spelling)])),
        at: operand.span)
    default:
      self.init(.text(TextExpression(operand.spelling)), at: operand.span)
    }
  }
}
