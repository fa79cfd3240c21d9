/// How often loops go round, and with what.
extension Evaluation {
  /// What a `for` goes through: a list, or the numbers of a range one after the other.
  func elements(of expression: Expression) throws(LanguageError) -> LoopValues {
    let operand = try value(of: expression)
    switch operand.value {
    case .later: return .elements([Operand.later(at: operand.span)])
    case .list:
      guard let elements = operand.elements else {
        throw error(.tooManyRepetitions(limit: Self.repetitionLimit), at: operand.span)
      }
      return .elements(elements)
    case .range(let lower, let upper):
      let (count, overflow) = upper.subtractingReportingOverflow(lower)
      guard !overflow, count.magnitude < Self.repetitionLimit else {
        throw error(.tooManyRepetitions(limit: Self.repetitionLimit), at: operand.span)
      }
      return .numbers(from: lower, through: upper, at: operand.span)
    default: throw error(.notAList(of: "for", found: operand.value.typeName), at: operand.span)
    }
  }

  /// How often a `repeat` goes round.
  func count(_ expression: Expression) throws(LanguageError) -> Int {
    let operand = try value(of: expression)
    if operand.isLater { return 1 }
    guard case .integer(let count) = operand.value, count >= 0 else {
      throw error(.notACount(found: operand.found), at: operand.span)
    }
    guard count <= Self.repetitionLimit else {
      throw error(.tooManyRepetitions(limit: Self.repetitionLimit), at: operand.span)
    }
    return count
  }

  private static let repetitionLimit = 1_000_000
}

/// What a `for` goes through, one after the other.
enum LoopValues: Sequence {
  case elements([Operand])
  /// Up or down, both ends included.
  case numbers(from: Int, through: Int, at: Span)

  var count: Int {
    switch self {
    case .elements(let operands): operands.count
    case .numbers(let first, let last, _): Int((last - first).magnitude) + 1
    }
  }

  subscript(index: Int) -> Operand {
    switch self {
    case .elements(let operands): return operands[index]
    case .numbers(let first, let last, let span):
      let number = first <= last ? first + index : first - index
      return Operand(.integer(number), spelling: String(number), at: span)
    }
  }

  func makeIterator() -> Iterator { Iterator(values: self, count: count) }

  struct Iterator: IteratorProtocol {
    let values: LoopValues
    let count: Int
    var index = 0

    mutating func next() -> Operand? {
      guard index < count else { return nil }
      defer { index += 1 }
      return values[index]
    }
  }
}
