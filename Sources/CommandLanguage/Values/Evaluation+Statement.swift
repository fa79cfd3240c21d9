extension Variables {
  /// A command with the values of its references in their place.
  func evaluated(
    _ statement: CommandStatement, in source: Source
  ) throws(LanguageError) -> CommandStatement {
    var result = statement
    for index in result.arguments.indices {
      let argument = result.arguments[index]
      result.arguments[index].value = try evaluated(argument.value, in: source)
    }
    if let name = statement.resultName { result.resultName = try evaluated(name, in: source) }
    if let output = statement.output {
      result.output?.file = try evaluated(output.file, in: source)
    }
    return result
  }

  private func evaluated(
    _ expression: Expression, in source: Source
  ) throws(LanguageError) -> Expression {
    guard expression.hasReferences else { return expression }
    return Expression(try evaluate(expression, in: source))
  }
}

extension Expression {
  fileprivate var hasReferences: Bool {
    switch form {
    case .text(let text):
      text.pieces.contains { if case .reference = $0 { true } else { false } }
    case .list(let elements), .call(_, let elements): elements.contains(where: \.hasReferences)
    case .arithmetic: true
    }
  }

  /// An expression that has this value.
  fileprivate init(_ operand: Operand) {
    switch operand.value {
    case .list(let operands):
      self.init(.list(operands.map(Expression.init)), at: operand.span)
    case .call(let call):
      self.init(
        .call(
          name: Located(call.name, at: call.span), arguments: call.arguments.map(Expression.init)),
        at: operand.span)
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
