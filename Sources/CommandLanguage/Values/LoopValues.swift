/// What a `for` goes through: a list, or the numbers of a range one after the other.
struct LoopValues: Sequence, IteratorProtocol {
  private var list: ArraySlice<Operand> = []
  private var range: (next: Int, last: Int)?
  private let span: Span

  init(_ list: [Operand], at span: Span) {
    self.list = list[...]
    self.span = span
  }

  init(from lower: Int, through upper: Int, at span: Span) {
    range = (lower, upper)
    self.span = span
  }

  mutating func next() -> Operand? {
    guard let (number, last) = range else { return list.popFirst() }
    range = number == last ? nil : (number + (number < last ? 1 : -1), last)
    return Operand(.integer(number), spelling: String(number), at: span)
  }
}

extension Variables {
  func elements(
    of expression: Expression, in source: Source
  ) throws(LanguageError) -> LoopValues {
    let operand = try evaluate(expression, in: source)
    switch operand.value {
    case .list(let operands): return LoopValues(operands, at: operand.span)
    case .range(let lower, let upper):
      let (count, overflow) = upper.subtractingReportingOverflow(lower)
      guard !overflow, count.magnitude < Self.repetitionLimit else {
        throw LanguageError(
          .tooManyRepetitions(limit: Self.repetitionLimit), at: operand.span, in: source)
      }
      return LoopValues(from: lower, through: upper, at: operand.span)
    default:
      throw LanguageError(
        .notAList(found: operand.value.typeName), at: operand.span, in: source)
    }
  }

  /// How often a `repeat` goes round.
  func count(_ expression: Expression, in source: Source) throws(LanguageError) -> Int {
    let operand = try evaluate(expression, in: source)
    guard case .integer(let count) = operand.value, count >= 0 else {
      throw LanguageError(.notACount(found: operand.found), at: operand.span, in: source)
    }
    guard count <= Self.repetitionLimit else {
      throw LanguageError(
        .tooManyRepetitions(limit: Self.repetitionLimit), at: operand.span, in: source)
    }
    return count
  }

  private static let repetitionLimit = 1_000_000
}
