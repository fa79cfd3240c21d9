/// How often loops go round, and with what.
extension Evaluation {
  /// What a `for` goes through: a list, or the numbers of a range one after the other.
  func elements(of expression: Expression) throws(LanguageError) -> AnySequence<Operand> {
    let operand = try value(of: expression)
    switch operand.value {
    case .later: return AnySequence([Operand.later(at: operand.span)])
    case .list:
      guard let elements = operand.elements else {
        throw error(.tooManyRepetitions(limit: Self.repetitionLimit), at: operand.span)
      }
      return AnySequence(elements)
    case .range(let lower, let upper):
      let (count, overflow) = upper.subtractingReportingOverflow(lower)
      guard !overflow, count.magnitude < Self.repetitionLimit else {
        throw error(.tooManyRepetitions(limit: Self.repetitionLimit), at: operand.span)
      }
      let numbers = stride(from: lower, through: upper, by: lower <= upper ? 1 : -1)
      return AnySequence(
        numbers.lazy.map { Operand(.integer($0), spelling: String($0), at: operand.span) })
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
