import Foundation

/// What stands between operators.
extension Evaluation {
  func result(
    of operation: Operator, _ left: Expression, _ right: Expression, at span: Span
  ) throws(LanguageError) -> Operand {
    switch operation {
    case .and, .or:
      let (word, decisive) = operation == .and ? ("and", false) : ("or", true)
      let first = try holds(left, for: word)
      if first == decisive { return operand(decisive, at: span) }
      let second = try holds(right, for: word)
      return operand(first == nil && second != decisive ? nil : second, at: span)
    default: break
    }
    let (a, b) = (try value(of: left), try value(of: right))
    if a.isLater || b.isLater { return .later(at: span) }
    switch operation {
    case .comparison(let comparison): return operand(try holds(comparison, a, b), at: span)
    case .isIn: return operand(try isIn(a, b), at: span)
    case .arithmetic(let arithmetic): return try result(of: arithmetic, a, b, at: span)
    case .and, .or: return .later(at: span)
    }
  }

  /// The answer of a condition; nil if only the run of the script tells.
  ///
  /// - Parameter word: What asks: `if`, `and`.
  func holds(_ condition: Expression, for word: String) throws(LanguageError) -> Bool? {
    let operand = try value(of: condition)
    if operand.isLater { return nil }
    if case .flag(let flag) = operand.value { return flag }
    throw error(.notACondition(of: word, found: operand.value.typeName), at: operand.span)
  }

  private func holds(
    _ comparison: Comparison, _ a: Operand, _ b: Operand
  ) throws(LanguageError) -> Bool {
    if let x = a.value.number, let y = b.value.number { return comparison.holds(x, y) }
    switch comparison {
    case .equal: return a.isSame(as: b)
    // Words that mean the same, or are spelled the same, are not unequal.
    case .unequal: return !a.isSame(as: b)
    case .less, .atMost, .greater, .atLeast:
      throw error(.notComparable(a.value.typeName, b.value.typeName), at: a.span)
    }
  }

  private func isIn(_ part: Operand, _ whole: Operand) throws(LanguageError) -> Bool {
    if let elements = whole.elements { return elements.contains { $0.isSame(as: part) } }
    switch whole.value {
    case .word, .text:
      guard let text = part.plainText else {
        throw error(.notAText(found: part.value.typeName), at: part.span)
      }
      return whole.spelling.contains(text)
    default: throw error(.notAList(of: "in", found: whole.value.typeName), at: whole.span)
    }
  }

  /// An element by its position from 0, from the end if negative; or those of a range of positions.
  func element(
    of whole: Operand, at place: Operand, _ span: Span
  ) throws(LanguageError) -> Operand {
    if whole.isLater || place.isLater { return .later(at: span) }
    guard let elements = whole.elements else {
      throw error(.notAList(of: "[ ]", found: whole.value.typeName), at: whole.span)
    }
    func index(_ number: Int) throws(LanguageError) -> Int {
      let index = number < 0 ? number + elements.count : number
      guard elements.indices.contains(index) else {
        throw error(.noElement(number, count: elements.count), at: place.span)
      }
      return index
    }
    switch place.value {
    case .integer(let number):
      var element = elements[try index(number)]
      element.span = span
      return element
    case .range(let lower, let upper):
      let (first, last) = (try index(lower), try index(upper))
      return try list(first <= last ? Array(elements[first...last]) : [], span)
    default: throw error(.notAPosition(found: place.found), at: place.span)
    }
  }

  // MARK: Arithmetic

  func negative(_ operand: Operand, at span: Span) throws(LanguageError) -> Operand {
    if operand.isLater { return .later(at: span) }
    return try result(
      of: .subtract, Operand(.integer(0), spelling: "0", at: span), operand, at: span)
  }

  private func result(
    of operation: Arithmetic, _ left: Operand, _ right: Operand, at span: Span
  ) throws(LanguageError) -> Operand {
    if operation == .add, let joined = try joined(left, right, at: span) { return joined }
    if case .integer(let a) = left.value, case .integer(let b) = right.value,
      let exact = try operation.exact(a, b, orThrow: { self.error($0, at: right.span) })
    {
      return Operand(.integer(exact), spelling: String(exact), at: span)
    }
    guard let a = left.value.number, let b = right.value.number else {
      let found = left.value.number == nil ? left : right
      throw error(
        .notNumbers(operation: operation.rawValue, found: found.value.typeName), at: found.span)
    }
    if b == 0, operation == .divide || operation == .remainder {
      throw error(.divisionByZero, at: right.span)
    }
    return try operand(operation.result(a, b), at: span)
  }

  /// Two lists behind each other, or two texts; nil for anything else.
  private func joined(
    _ left: Operand, _ right: Operand, at span: Span
  ) throws(LanguageError) -> Operand? {
    switch (left.value, right.value) {
    case (.list, .list), (.list, .range), (.range, .list):
      return try list((left.elements ?? []) + (right.elements ?? []), span)
    case (.text, _), (.word, _), (_, .text):
      guard left.plainText != nil, right.plainText != nil, left.isText || right.isText else {
        return nil
      }
      return try text(left.shown + right.shown, at: span)
    default: return nil
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
    case .remainder: a - b * (a / b).rounded(.down)
    case .power: pow(a, b)
    }
  }

  /// The whole number that comes of two; nil if none does.
  fileprivate func exact(
    _ a: Int, _ b: Int, orThrow failure: (LanguageError.Fact) -> LanguageError
  ) throws(LanguageError) -> Int? {
    var (result, overflow) = (0, false)
    switch self {
    case .add: (result, overflow) = a.addingReportingOverflow(b)
    case .subtract: (result, overflow) = a.subtractingReportingOverflow(b)
    case .multiply: (result, overflow) = a.multipliedReportingOverflow(by: b)
    case .divide, .remainder:
      if b == 0 { throw failure(.divisionByZero) }
      if self == .divide, !a.isMultiple(of: b) { return nil }
      (result, overflow) =
        self == .divide
        ? a.dividedReportingOverflow(by: b) : a.remainderReportingOverflow(dividingBy: b)
      if self == .remainder, result != 0, (result < 0) != (b < 0) { result += b }
    case .power:
      guard b >= 0 else { return nil }
      (result, overflow) = (1, false)
      // 0, 1 and -1 never grow; all others overflow within 63 steps.
      if a.magnitude <= 1 { return b == 0 ? 1 : a == -1 && b.isMultiple(of: 2) ? 1 : a }
      for _ in 0..<min(b, 64) where !overflow {
        (result, overflow) = result.multipliedReportingOverflow(by: a)
      }
    }
    if overflow { throw failure(.numberTooLarge) }
    return result
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
