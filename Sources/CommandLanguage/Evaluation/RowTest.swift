extension RowCondition {
  /// The condition for the rows of a table.
  ///
  /// - Throws: If a comparison has no column in it.
  public func test(of columns: [String]) throws(LanguageError) -> RowTest {
    try check(expression, Set(columns), columns)
    return RowTest(expression: expression.referring(to: Set(columns)), source: source)
  }

  private func check(
    _ part: Expression, _ known: Set<String>, _ columns: [String]
  ) throws(LanguageError) {
    switch part.form {
    case .operation(.comparison, let left, let right), .operation(.isIn, let left, let right):
      guard !left.names(anyOf: known), !right.names(anyOf: known) else { return }
      let word = [left, right].compactMap { side in side.bareWord.map { ($0, side.span) } }.first
      throw LanguageError(
        .noColumnInCondition(
          word?.0,
          suggestion: word.flatMap { Suggestion.nearest(to: $0.0, among: columns) },
          known: columns),
        at: word?.1 ?? part.span, in: source)
    default:
      for inner in part.parts { try check(inner, known, columns) }
    }
  }
}

/// A condition with its columns looked up.
public struct RowTest: Sendable {
  let expression: Expression
  let source: Source

  /// Whether a row meets the condition.
  ///
  /// - Parameters:
  ///   - cells: The values by their columns; nil for an empty cell.
  ///   - directory: What functions of objects may stand for.
  public func holds(
    _ cells: [String: Value?], in directory: any ObjectDirectory
  ) throws(LanguageError) -> Bool {
    let variables = Variables(
      cells.mapValues { value in
        Operand(value ?? .later, spelling: value?.written ?? "", at: expression.span)
      })
    return try Evaluation(variables, in: source, directory).holds(expression, for: "where") == true
  }
}

extension Evaluation {
  /// A condition with the values of variables in place of their names.
  func condition(_ expression: Expression, at span: Span) throws(LanguageError) -> Operand {
    guard let known = try known(expression) else { return .later(at: span) }
    return Operand(
      .condition(RowCondition(expression: known, source: source)), spelling: "\(known)", at: span)
  }

  /// Nil if only the run of the script tells.
  private func known(_ expression: Expression) throws(LanguageError) -> Expression? {
    if case .text(let text) = expression.form {
      guard text.refersToVariables else { return expression }
      let operand = try value(of: expression)
      return operand.isLater ? nil : Expression(operand.standing(at: expression.span))
    }
    if case .element = expression.form, expression.refersToVariables {
      let operand = try value(of: expression)
      return operand.isLater ? nil : Expression(operand.standing(at: expression.span))
    }
    var result = expression
    for (index, part) in expression.parts.enumerated() {
      guard let part = try known(part) else { return nil }
      result.setPart(index, part)
    }
    return result
  }
}

extension Expression {
  /// The bare word that this is, if it is no number and no flag.
  fileprivate var bareWord: String? {
    guard let word = plainWord, case .word = Value(bareWord: word) else { return nil }
    return word
  }

  /// Whether one of these names stands in it as a bare word.
  fileprivate func names(anyOf columns: Set<String>) -> Bool {
    if let word = plainWord { return columns.contains(word) }
    return parts.contains { $0.names(anyOf: columns) }
  }

  /// The same with references to columns in place of their names.
  fileprivate func referring(to columns: Set<String>) -> Expression {
    if let word = plainWord {
      guard columns.contains(word) else { return self }
      let reference = TextExpression.Piece.reference(Located(word, at: span))
      return Expression(.text(TextExpression(quoting: .bare, pieces: [reference])), at: span)
    }
    // What a list holds are values: `strategy in [ft, kd]`.
    if case .list = form { return self }
    var result = self
    for (index, part) in parts.enumerated() {
      result.setPart(index, part.referring(to: columns))
    }
    return result
  }
}
