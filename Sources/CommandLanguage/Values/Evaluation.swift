/// The variables of a script: what `let`, `for` and `key=value` on the command line set.
public struct Variables: Hashable, Sendable {
  private var values: [String: Operand]
  /// Names whose values were given from outside.
  private var given: Set<String> = []

  public init(_ values: [String: Operand] = [:]) { self.values = values }

  public subscript(name: String) -> Operand? {
    get { values[name] }
    set { values[name] = newValue }
  }

  public var names: [String] { values.keys.sorted() }

  /// All of these, with the values that `others` has for names of its own.
  func merging(_ others: Variables) -> Variables {
    var merged = self
    merged.values.merge(others.values) { $1 }
    return merged
  }

  /// Sets a variable from outside, such as `waymark FILE epochs=2`: the script's own `let` of that
  /// name then only says what the value would have been.
  public mutating func give(_ name: String, _ value: Operand) {
    values[name] = value
    given.insert(name)
  }

  public func isGiven(_ name: String) -> Bool { given.contains(name) }

  /// Looks up all references in an expression.
  func evaluate(_ expression: Expression, in source: Source) throws(LanguageError) -> Operand {
    switch expression.form {
    case .text(let text): return try evaluate(text, at: expression.span, in: source)
    case .list(let elements):
      let operands = try evaluate(elements, in: source)
      return try bounded(
        Operand(
          .list(operands),
          spelling: "[" + operands.map(\.spelling).joined(separator: ", ") + "]",
          at: expression.span), in: source)
    case .call(let name, let arguments):
      let operands = try evaluate(arguments, in: source)
      return try bounded(
        Operand(
          .call(Call(name: name.value, arguments: operands, span: expression.span)),
          spelling: "\(name.value)(" + operands.map(\.spelling).joined(separator: ", ") + ")",
          at: expression.span), in: source)
    case .arithmetic(let operation, let left, let right):
      return try evaluate(
        operation, evaluate(left, in: source), evaluate(right, in: source),
        at: expression.span, in: source)
    }
  }

  /// Refuses lists that references made too deep or too long.
  private func bounded(_ operand: Operand, in source: Source) throws(LanguageError) -> Operand {
    guard operand.depth <= Parser.depthLimit else {
      throw LanguageError(.nestedTooDeeply, at: operand.span, in: source)
    }
    guard operand.spelling.utf8.count <= Self.textLimit else {
      throw LanguageError(.numberTooLarge, at: operand.span, in: source)
    }
    return operand
  }

  private func evaluate(
    _ expressions: [Expression], in source: Source
  ) throws(LanguageError) -> [Operand] {
    var operands: [Operand] = []
    for expression in expressions { operands.append(try evaluate(expression, in: source)) }
    return operands
  }

  private func evaluate(
    _ text: TextExpression, at span: Span, in source: Source
  ) throws(LanguageError) -> Operand {
    if let name = text.loneReference {
      var operand = try lookUp(name, in: source)
      operand.span = span
      return operand
    }
    var spelling = ""
    for piece in text.pieces {
      switch piece {
      case .literal(let literal): spelling += literal
      case .reference(let name):
        let operand = try lookUp(name, in: source)
        switch operand.value {
        case .list, .call:
          throw LanguageError(
            .notAText(found: operand.value.typeName), at: name.span, in: source)
        default: spelling += operand.spelling
        }
        guard spelling.utf8.count <= Self.textLimit else {
          throw LanguageError(.numberTooLarge, at: span, in: source)
        }
      }
    }
    let value = text.quoting == .bare ? Value(bareWord: spelling) : .text(spelling)
    return Operand(value, spelling: spelling, at: span)
  }

  /// The bytes that a text may grow to by references.
  private static let textLimit = 1 << 20

  private func lookUp(
    _ name: Located<String>, in source: Source
  ) throws(LanguageError) -> Operand {
    guard let operand = values[name.value] else {
      let suggestion = Suggestion.nearest(to: name.value, among: names)
      throw LanguageError(
        .unknownVariable(name.value, suggestion: suggestion), at: name.span, in: source)
    }
    return operand
  }

  // MARK: Arithmetic

  private func evaluate(
    _ operation: Arithmetic, _ left: Operand, _ right: Operand, at span: Span, in source: Source
  ) throws(LanguageError) -> Operand {
    if case .integer(let a) = left.value, case .integer(let b) = right.value {
      if operation == .divide, b == 0 {
        throw LanguageError(.divisionByZero, at: right.span, in: source)
      }
      if operation != .divide || a.isMultiple(of: b) {
        let (result, overflow) = Self.integers(operation, a, b)
        if overflow { throw LanguageError(.numberTooLarge, at: span, in: source) }
        return Operand(.integer(result), spelling: String(result), at: span)
      }
    }
    guard let a = left.value.number, let b = right.value.number else {
      let found = left.value.number == nil ? left : right
      throw LanguageError(
        .notNumbers(operation: operation.rawValue, found: found.value.typeName),
        at: found.span, in: source)
    }
    let result =
      switch operation {
      case .add: a + b
      case .subtract: a - b
      case .multiply: a * b
      case .divide: a / b
      }
    guard result.isFinite else {
      throw LanguageError(b == 0 ? .divisionByZero : .numberTooLarge, at: span, in: source)
    }
    return Operand(.real(result), spelling: String(result), at: span)
  }

  private static func integers(
    _ operation: Arithmetic, _ a: Int, _ b: Int
  ) -> (Int, overflow: Bool) {
    switch operation {
    case .add: a.addingReportingOverflow(b)
    case .subtract: a.subtractingReportingOverflow(b)
    case .multiply: a.multipliedReportingOverflow(by: b)
    case .divide: a.dividedReportingOverflow(by: b)
    }
  }

  // MARK: Conditions

  /// Answers a condition; `exists` asks the directory.
  func holds(
    _ condition: Condition, in source: Source, _ directory: some ObjectDirectory
  ) throws(LanguageError) -> Bool {
    switch condition {
    case .not(let inner): return try !holds(inner, in: source, directory)
    case .exists(let name):
      return try directory.kind(of: evaluate(name, in: source).spelling) != nil
    case .flag(let expression):
      let operand = try evaluate(expression, in: source)
      guard case .flag(let flag) = operand.value else {
        throw LanguageError(
          .notACondition(found: operand.value.typeName), at: operand.span, in: source)
      }
      return flag
    case .comparison(let left, let comparison, let right):
      let (a, b) = (try evaluate(left, in: source), try evaluate(right, in: source))
      if let order = Self.compare(a, b) { return comparison.holds(order) }
      if comparison == .equal { return a.value == b.value || a.spelling == b.spelling }
      if comparison == .unequal { return a.value != b.value && a.spelling != b.spelling }
      throw LanguageError(
        .notComparable(a.value.typeName, b.value.typeName), at: a.span, in: source)
    }
  }

  /// Negative, zero or positive as numbers compare; nil when one is none.
  private static func compare(_ a: Operand, _ b: Operand) -> Int? {
    guard let a = a.value.number, let b = b.value.number else { return nil }
    return a < b ? -1 : a > b ? 1 : 0
  }
}

extension Comparison {
  fileprivate func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .unequal: order != 0
    case .less: order < 0
    case .atMost: order <= 0
    case .greater: order > 0
    case .atLeast: order >= 0
    }
  }
}
