/// Works out values with a script's variables; errors have their place in its source.
struct Evaluation {
  let variables: Variables
  let source: Source

  init(_ variables: Variables, in source: Source) {
    self.variables = variables
    self.source = source
  }

  func error(_ fact: LanguageError.Fact, at span: Span) -> LanguageError {
    LanguageError(fact, at: span, in: source)
  }

  /// The value of an expression, with all references looked up.
  func value(of expression: Expression) throws(LanguageError) -> Operand {
    let span = expression.span
    switch expression.form {
    case .text(let text): return try value(of: text, at: span)
    case .list(let elements):
      let operands = try values(of: elements)
      return try bounded(.list(operands), "[\(Self.spelling(of: operands))]", at: span)
    case .call(let name, let arguments):
      let operands = try values(of: arguments)
      return try bounded(
        .call(Call(name: name.value, arguments: operands, span: span)),
        "\(name.value)(\(Self.spelling(of: operands)))", at: span)
    case .arithmetic(let operation, let left, let right):
      return try result(of: operation, value(of: left), value(of: right), at: span)
    }
  }

  private func values(of expressions: [Expression]) throws(LanguageError) -> [Operand] {
    try expressions.map { expression throws(LanguageError) in try value(of: expression) }
  }

  private static func spelling(of operands: [Operand]) -> String {
    operands.map(\.spelling).joined(separator: ", ")
  }

  /// Refuses lists that references made too deep or too long.
  private func bounded(
    _ value: Value, _ spelling: String, at span: Span
  ) throws(LanguageError) -> Operand {
    let operand = Operand(value, spelling: spelling, at: span)
    guard operand.depth <= Parser.depthLimit else { throw error(.nestedTooDeeply, at: span) }
    guard spelling.utf8.count <= Self.textLimit else { throw error(.numberTooLarge, at: span) }
    return operand
  }

  /// The bytes that a text may grow to by references.
  private static let textLimit = 1 << 20

  private func value(of text: TextExpression, at span: Span) throws(LanguageError) -> Operand {
    if let name = text.loneReference {
      var operand = try lookUp(name)
      operand.span = span
      return operand
    }
    var spelling = ""
    for piece in text.pieces {
      switch piece {
      case .literal(let literal): spelling += literal
      case .reference(let name):
        let operand = try lookUp(name)
        guard let text = operand.plainText else {
          throw error(.notAText(found: operand.value.typeName), at: name.span)
        }
        spelling += text
        guard spelling.utf8.count <= Self.textLimit else { throw error(.numberTooLarge, at: span) }
      }
    }
    let value = text.quoting == .bare ? Value(bareWord: spelling) : .text(spelling)
    return Operand(value, spelling: spelling, at: span)
  }

  private func lookUp(_ name: Located<String>) throws(LanguageError) -> Operand {
    if let operand = variables[name.value] { return operand }
    let suggestion = Suggestion.nearest(to: name.value, among: variables.names)
    throw error(.unknownVariable(name.value, suggestion: suggestion), at: name.span)
  }

  // MARK: Arithmetic

  private func result(
    of operation: Arithmetic, _ left: Operand, _ right: Operand, at span: Span
  ) throws(LanguageError) -> Operand {
    if case .integer(let a) = left.value, case .integer(let b) = right.value {
      if operation == .divide, b == 0 { throw error(.divisionByZero, at: right.span) }
      if operation != .divide || a.isMultiple(of: b) {
        let (result, overflow) = operation.result(a, b)
        if overflow { throw error(.numberTooLarge, at: span) }
        return Operand(.integer(result), spelling: String(result), at: span)
      }
    }
    guard let a = left.value.number, let b = right.value.number else {
      let found = left.value.number == nil ? left : right
      throw error(
        .notNumbers(operation: operation.rawValue, found: found.value.typeName), at: found.span)
    }
    let result = operation.result(a, b)
    guard result.isFinite else {
      throw error(b == 0 ? .divisionByZero : .numberTooLarge, at: span)
    }
    return Operand(.real(result), spelling: String(result), at: span)
  }

  // MARK: Conditions

  /// Answers a condition; `exists` asks the directory.
  func holds(
    _ condition: Condition, _ directory: some ObjectDirectory
  ) throws(LanguageError) -> Bool {
    switch condition {
    case .not(let inner): return try !holds(inner, directory)
    case .exists(let name): return try directory.kind(of: value(of: name).spelling) != nil
    case .flag(let expression):
      let operand = try value(of: expression)
      if case .flag(let flag) = operand.value { return flag }
      throw error(.notACondition(found: operand.value.typeName), at: operand.span)
    case .comparison(let left, let comparison, let right):
      let (a, b) = (try value(of: left), try value(of: right))
      if let x = a.value.number, let y = b.value.number { return comparison.holds(x, y) }
      switch comparison {
      case .equal: return a.value == b.value || a.spelling == b.spelling
      case .unequal: return a.value != b.value && a.spelling != b.spelling
      case .less, .atMost, .greater, .atLeast:
        throw error(.notComparable(a.value.typeName, b.value.typeName), at: a.span)
      }
    }
  }
}

extension Arithmetic {
  fileprivate func result(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    }
  }

  fileprivate func result(_ a: Int, _ b: Int) -> (Int, overflow: Bool) {
    switch self {
    case .add: a.addingReportingOverflow(b)
    case .subtract: a.subtractingReportingOverflow(b)
    case .multiply: a.multipliedReportingOverflow(by: b)
    case .divide: a.dividedReportingOverflow(by: b)
    }
  }
}

extension Comparison {
  fileprivate func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .equal: a == b
    case .unequal: a != b
    case .less: a < b
    case .atMost: a <= b
    case .greater: a > b
    case .atLeast: a >= b
    }
  }
}
